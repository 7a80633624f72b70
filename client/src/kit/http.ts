/** JSON over HTTP; failures carry the server's own words. */

/** A request that did not succeed: `status` is 0 where the server was not reached. */
export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** What the words name. */
    readonly params: Readonly<Record<string, string | number>> = {},
    /** All that the server told of it. */
    readonly told: unknown = null,
  ) {
    super(detail);
    this.name = "HttpFailure";
  }
}

interface Problem {
  readonly detail?: string;
  readonly title?: string;
  readonly code?: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

async function failure(response: Response): Promise<HttpFailure> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const detail = problem.detail ?? problem.title ?? response.statusText;
  return new HttpFailure(response.status, problem.code ?? "", detail, problem.params, problem);
}

async function ask(url: string, options: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...options });
  } catch (reason) {
    if (options.signal?.aborted) throw reason;
    throw new HttpFailure(0, "unreachable", String(reason));
  }
  if (!response.ok) throw await failure(response);
  return response;
}

function get(url: string, signal?: AbortSignal): Promise<Response> {
  return ask(url, signal ? { signal } : {});
}

/** The JSON behind `url`; its shape is promised by the wire types. */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  return (await (await get(url, signal)).json()) as T;
}

/** The bytes behind `url`. */
export async function getBytes(url: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  return (await get(url, signal)).arrayBuffer();
}

/** What the server answers to `body` sent as JSON; `guard` is the page's token against forged changes. */
export function postJson<T>(url: string, body: unknown, guard: string, signal?: AbortSignal): Promise<T> {
  return sendJson("POST", url, body, guard, signal);
}

/** The same for what is put in place of what is there. */
export function putJson<T>(url: string, body: unknown, guard: string, signal?: AbortSignal): Promise<T> {
  return sendJson("PUT", url, body, guard, signal);
}

async function sendJson<T>(method: string, url: string, body: unknown, guard: string, signal?: AbortSignal): Promise<T> {
  const headers = { "content-type": "application/json", "x-csrftoken": guard };
  const options = { method, headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) };
  return (await (await ask(url, options)).json()) as T;
}
