import { expect, it } from "vitest";

import { clock } from "./hold";

it("tells minutes and seconds", () => {
  expect(clock(900)).toBe("15:00");
  expect(clock(59.2)).toBe("1:00");
  expect(clock(7.9)).toBe("0:08");
  expect(clock(-1)).toBe("0:00");
});
