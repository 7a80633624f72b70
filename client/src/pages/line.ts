/** The page of the line, as it is heard: a place is told when it changes, not each time it is asked about. */

/** Tells whoever listens how one stands in the line of the page, if that is not what was told last. */
export function sayPlace(page: ParentNode): void {
  const said = page.querySelector<HTMLElement>("[data-line-said]");
  const place = page.querySelector("#line h2")?.textContent?.trim() ?? "";
  if (said && said.textContent !== place) said.textContent = place;
}
