/** Buttons that copy what one would have to type elsewhere, such as the account of a transfer. */

/** Shows the buttons of the page where the browser can copy, and says when one has done so. */
export function enlivenCopies(page: ParentNode, clipboard: Clipboard | undefined): void {
  if (!clipboard) return; // it has none where the connection is not safe: one types then
  const said = page.querySelector<HTMLElement>("[data-copied]");
  for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      void clipboard.writeText(button.dataset["copy"] ?? "").then(() => {
        const done = said?.dataset["copied"] ?? "";
        button.textContent = done;
        if (said) said.textContent = done;
        button.addEventListener("blur", () => (button.textContent = words), { once: true });
      });
    });
  }
}
