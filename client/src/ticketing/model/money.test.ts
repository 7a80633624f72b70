import { expect, it } from "vitest";

import { money } from "./money";

it("tells yuan, and fen only where there are some", () => {
  expect(money(18_000, "zh-CN", "免费")).toBe("¥180");
  expect(money(123_450_05, "en", "free")).toBe("¥123,450.05");
  expect(money(0, "en", "free")).toBe("free");
});
