/** JSON over HTTP; failures carry the server's own words. */

/** A request that did not succeed: `status` is 0 where the server was not reached. */
export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
    this.name = "HttpFailure";
  }
}

interface Problem {
  readonly detail?: string;
  readonly title?: string;
  readonly code?: string;
}

async function failure(response: Response): Promise<HttpFailure> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const detail = problem.detail ?? problem.title ?? response.statusText;
  return new HttpFailure(response.status, problem.code ?? "", detail);
}

async function get(url: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...(signal ? { signal } : {}) });
  } catch (reason) {
    if (signal?.aborted) throw reason;
    throw new HttpFailure(0, "unreachable", String(reason));
  }
  if (!response.ok) throw await failure(response);
  return response;
}

/** The JSON behind `url`; its shape is promised by the wire types. */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  return (await (await get(url, signal)).json()) as T;
}

/** The bytes behind `url`. */
export async function getBytes(url: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  return (await get(url, signal)).arrayBuffer();
}
