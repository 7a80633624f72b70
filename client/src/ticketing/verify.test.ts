import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { shownBy } from "./verify";
import { readCode, typedNumber } from "./model/code";
import { decide, type Ticket } from "./model/gate";
import type { Direction, GateKey, TicketState, Verdict } from "../wire/gate";

interface Golden {
  readonly keys: readonly GateKey[];
  readonly number: string;
  readonly codes: readonly { readonly text: string; readonly reads: string | { readonly occasion: string; readonly ticket: string; readonly issue: number } }[];
  readonly answers: readonly { readonly here: boolean; readonly state: TicketState; readonly issue: number; readonly direction: Direction; readonly inside: boolean; readonly verdict: Verdict }[];
}

/** Written by tools/ticket_codes.py: what the server makes of the same. */
const golden = JSON.parse(readFileSync(new URL("../../../tests/contract/golden/ticket-codes.json", import.meta.url), "utf8")) as Golden;
const HERE = "00000000-0000-0000-0000-000000000001";

describe("a code", () => {
  it.each(golden.codes)("is worth what it is worth to the server ($reads)", async ({ text, reads }) => {
    const expected = typeof reads === "string" ? { kind: "fault", fault: reads } : { kind: "code", ...reads };

    expect(await shownBy(text, golden.keys)).toEqual(expected);
  });

  it("of a number that is too large is forged before its signature is looked at", () => {
    expect(readCode(`75124081${"9".repeat(239)}`)).toBe("forged");
  });
});

describe("a number", () => {
  it("is known however it is typed", () => {
    const { number } = golden;

    expect(typedNumber(` ${number.slice(0, 4).toLowerCase()}-${number.slice(4)} `)).toBe(number);
  });

  it("may be typed with letters that look alike", () => {
    expect(typedNumber("oiLu 0000")).toBe("011V0000");
  });

  it.each(["", "1234567", "123456789", "1234567!", "张三"])("is none of %s", (text) => {
    expect(typedNumber(text)).toBe("");
  });
});

describe("a gate by itself", () => {
  it.each(golden.answers)("decides as the server does: $state, issue $issue, $direction, inside $inside", ({ here, state, issue, direction, inside, verdict }) => {
    const ticket: Ticket = { id: "t", issue: 2, state, online: false, type: "", name: "", number: "" };
    const book = {
      occasion: HERE,
      tickets: new Map(here ? [["t", ticket]] : []),
      passages: new Map(inside ? [["t", { inside, at: "", gate: "A" }]] : []),
    };
    const occasion = here ? HERE : "00000000-0000-0000-0000-000000000002";

    expect(decide(book, { kind: "code", occasion, ticket: "t", issue }, direction).verdict).toBe(verdict);
  });
});
