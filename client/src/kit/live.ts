/** The live channel: server-sent events that come back by themselves. */

import type { Dispose } from "./dispose";

const SLOWEST = 30_000;

/** Calls `handlers[type]` with each event's parsed data. */
export function listen(url: string, handlers: Readonly<Record<string, (data: never) => void>>): Dispose {
  let source: EventSource | null = null;
  let timer = 0;
  let wait = 1000;

  const open = (): void => {
    source = new EventSource(url);
    source.onopen = () => {
      wait = 1000;
    };
    source.onerror = () => {
      // The browser retries a dropped channel itself; a refused one it gives up.
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(open, wait);
      wait = Math.min(wait * 2, SLOWEST);
    };
    for (const [type, handler] of Object.entries(handlers)) {
      source.addEventListener(type, (event) => handler(JSON.parse((event as MessageEvent<string>).data) as never));
    }
  };

  open();
  return () => {
    window.clearTimeout(timer);
    source?.close();
  };
}
