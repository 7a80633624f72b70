/** The countdown of a hold: how long an order waits still. */

/** Whoever has longer than this needs no clock [s]. */
const LONGEST = 3600;

/** So many seconds as minutes and seconds. */
export function clock(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/** Counts down what the page holds; when its time is over the page is asked for anew. */
export function countDown(page: ParentNode): void {
  const hold = page.querySelector<HTMLElement>("[data-hold]:not([data-counting])");
  const shown = hold?.querySelector<HTMLElement>("[data-left]");
  if (!hold || !shown) return;
  hold.dataset["counting"] = "true";
  const ends = Date.parse(hold.dataset["hold"] ?? "");
  const tick = window.setInterval(() => draw(), 1000);
  const draw = (): void => {
    const left = (ends - Date.now()) / 1000;
    if (!hold.isConnected) window.clearInterval(tick);
    else if (left > LONGEST) shown.textContent = "";
    else if (left > 0) shown.textContent = clock(left);
    else {
      window.clearInterval(tick);
      shown.textContent = hold.dataset["over"] ?? "";
      window.setTimeout(() => window.location.reload(), 1500);
    }
  };
  draw();
}
