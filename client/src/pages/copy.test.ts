import { expect, it } from "vitest";

import { enlivenCopies } from "./copy";

interface Button {
  textContent: string;
  hidden: boolean;
  dataset: Record<string, string>;
  heard: Map<string, () => void>;
  addEventListener(type: string, heard: () => void): void;
}

function button(copy: string): Button {
  const heard = new Map<string, () => void>();
  return {
    textContent: "Copy",
    hidden: true,
    dataset: { copy },
    heard,
    addEventListener: (type, one) => heard.set(type, one),
  };
}

function page(buttons: Button[], said: { textContent: string; dataset: { copied: string } }): ParentNode {
  return {
    querySelector: () => said,
    querySelectorAll: () => buttons,
  } as unknown as ParentNode;
}

it("copies what the button is for, says so, and is itself again when it is left", async () => {
  const one = button("6222000012345678");
  const said = { textContent: "", dataset: { copied: "Copied" } };
  const written: string[] = [];
  const clipboard = { writeText: (text: string) => Promise.resolve(void written.push(text)) };
  enlivenCopies(page([one], said), clipboard as unknown as Clipboard);
  one.heard.get("click")?.();
  await Promise.resolve();

  expect(one.hidden).toBe(false);
  expect(written).toEqual(["6222000012345678"]);
  expect([one.textContent, said.textContent]).toEqual(["Copied", "Copied"]);
  one.heard.get("blur")?.();
  expect(one.textContent).toBe("Copy");
});

it("offers nothing where the browser cannot copy", () => {
  const one = button("6222");
  enlivenCopies(page([one], { textContent: "", dataset: { copied: "" } }), undefined);

  expect(one.hidden).toBe(true);
});
