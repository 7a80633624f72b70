import { expect, it } from "vitest";

import { instant } from "./instant";

const NOW = new Date("2026-11-22T10:00:00Z");

it("tells the hour alone today, by the park's clock", () => {
  expect(instant(new Date("2026-11-22T13:05:00Z"), NOW, "Asia/Shanghai", "en")).toBe("21:05");
});

it("tells the date of another day in the reader's language", () => {
  const tomorrow = new Date("2026-11-22T16:30:00Z");

  expect(instant(tomorrow, NOW, "Asia/Shanghai", "en")).toBe("23 Nov 00:30");
  expect(instant(tomorrow, NOW, "Asia/Shanghai", "zh-CN")).toBe("11月23日 00:30");
});
