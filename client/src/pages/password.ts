/** Buttons that show what a password field holds; without script they stay hidden. */

export function revealPasswords(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-shows]")) {
    const field = document.getElementById(button.dataset["shows"] ?? "");
    if (!(field instanceof HTMLInputElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    });
  }
}
