/** The service worker of one gate: its page opens without network once it was opened with it.
 *
 * It answers for nothing but this page, its script and style, and its words; what the page asks of
 * the server goes past it. The page itself puts them into the cache (panel/keeping.ts).
 */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Scope extends EventTarget {
  readonly registration: { readonly scope: string };
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}

const here = globalThis as unknown as Scope;
const page = new URL(here.registration.scope).pathname;
const CACHE = `gate:${page}`;
/** So long the network is waited for [ms]. */
const PATIENCE = 4000;

here.addEventListener("install", (event) => (event as Extendable).waitUntil(here.skipWaiting()));
here.addEventListener("activate", (event) => (event as Extendable).waitUntil(here.clients.claim()));
here.addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== here.location.origin) return;
  if (pathname.startsWith("/assets/")) (event as Fetching).respondWith(kept(request));
  else if (pathname === page || pathname.startsWith("/messages/")) (event as Fetching).respondWith(fresh(request, pathname, searchParams.get("lang")));
});

/** From the cache, where files that never change are; else from the network. */
async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(request)) ?? fetch(request);
}

/** From the network, or from the cache where there is none; the language that is asked for then stays. */
async function fresh(request: Request, pathname: string, language: string | null): Promise<Response> {
  const cache = await caches.open(CACHE);
  const wished = language === null ? undefined : await cache.match(`${pathname}?lang=${language}`);
  const spare = wished ?? (await cache.match(pathname));
  if (!spare) return fetch(request);
  const instead = async (): Promise<Response> => {
    // a page that keeps itself asks for other languages too: nobody has chosen those
    const chosen = request.mode === "navigate" && wished && (await cache.match(`${pathname}?lang=${language}`));
    if (chosen) await cache.put(pathname, chosen);
    return spare;
  };
  const late = new Promise<Response>((answer) => setTimeout(() => answer(instead()), PATIENCE));
  return Promise.race([fetch(request).then((answer) => (answer.status >= 500 ? instead() : answer), instead), late]);
}
