import { describe, expect, it } from "vitest";

import type { Verdict } from "../../wire/gate";
import { batch, type Book, byNumber, counted, decide, left, merged, search, ticketsOf, type Waiting } from "./gate";
import { added, type Recent, settled } from "./recent";

const TICKETS = ticketsOf([
  ["a", 1, "valid", "on_site", "seat", "王小明", "AAAA1111"],
  ["b", 2, "valid", "online", "seat", "Ada Lovelace", "BBBB2222"],
  ["c", 1, "cancelled", "on_site", "seat", "Ada Byron", "CCCC3333"],
]);
const BOOK: Book = { occasion: "here", tickets: TICKETS, passages: new Map() };

function waiting(id: string, ticket: string, told: Verdict, gate = "A", at = "2026-12-01T18:00:00Z"): Waiting {
  return { scan: { id, direction: told === "out" ? "out" : "in", at, ticket, told }, ticket, gate };
}

function recent(id: string, verdict: Verdict = "admitted"): Recent {
  return { id, at: "", direction: "in", verdict, fault: null, name: "", type: null, number: "", before: null, offline: true, synced: false, turned: null };
}

describe("a gate without network", () => {
  it("lets in who bought after the list was made", () => {
    const shown = { kind: "code", occasion: "here", ticket: "new", issue: 1 } as const;

    expect(decide(BOOK, shown, "in").verdict).toBe("admitted");
  });

  it("believes a newer issue than the list has", () => {
    expect(decide(BOOK, { kind: "code", occasion: "here", ticket: "c", issue: 2 }, "in").verdict).toBe("admitted");
    expect(decide(BOOK, { kind: "code", occasion: "here", ticket: "b", issue: 1 }, "in").verdict).toBe("handed_on");
  });

  it("says what it cannot read", () => {
    expect(decide(BOOK, { kind: "fault", fault: "forged" }, "in")).toEqual({ verdict: "unreadable", fault: "forged", ticket: null, before: null });
    expect(decide(BOOK, { kind: "found", ticket: "gone" }, "in").verdict).toBe("unreadable");
  });

  it("takes who was found in the list", () => {
    expect(decide(BOOK, { kind: "found", ticket: "a" }, "in").verdict).toBe("admitted");
    expect(decide(BOOK, { kind: "found", ticket: "c" }, "in").verdict).toBe("cancelled");
  });
});

describe("what the server says of who is in", () => {
  it("gives way to what it has not heard yet", () => {
    const told = [{ ticket: "a", inside: false, at: "2026-12-01T17:00:00Z", gate: "B" }];
    const found = merged(new Map(), told, [waiting("1", "a", "admitted")]);

    expect(found.get("a")).toEqual({ inside: true, at: "2026-12-01T18:00:00Z", gate: "A" });
  });

  it("is not changed by whom the gate refused", () => {
    expect(merged(new Map(), [], [waiting("1", "a", "already_in"), waiting("2", "b", "cancelled")]).size).toBe(0);
  });

  it("counts those who come in, go out, come again and are refused", () => {
    const counts = { inside: 3, out: 2, refused: 0, doubles: 0 };
    const before = (inside: boolean) => ({ inside, at: "", gate: "A" });

    expect(counted(counts, "admitted", null)).toEqual({ ...counts, inside: 4 });
    expect(counted(counts, "out", before(true))).toEqual({ ...counts, inside: 2, out: 3 });
    expect(counted(counts, "admitted", before(false))).toEqual({ ...counts, inside: 4, out: 1 });
    expect(counted(counts, "already_in", before(true))).toEqual({ ...counts, refused: 1 });
  });

  it("comes to the same however often it is told", () => {
    const told = [{ ticket: "a", inside: true, at: "x", gate: "B" }];
    const once = merged(new Map(), told, [waiting("1", "b", "admitted"), waiting("2", "b", "out")]);

    expect(merged(once, told, [waiting("1", "b", "admitted"), waiting("2", "b", "out")])).toEqual(once);
    expect(once.get("b")?.inside).toBe(false);
  });
});

describe("scans that wait", () => {
  const queue = [waiting("1", "a", "admitted"), waiting("2", "b", "admitted"), waiting("3", "a", "out", "B"), waiting("4", "b", "out", "B")];

  it("are told in turn, those of one gate together", () => {
    expect(batch(queue, 200).map(({ scan }) => scan.id)).toEqual(["1", "2"]);
    expect(batch(queue, 1).map(({ scan }) => scan.id)).toEqual(["1"]);
    expect(batch(queue.slice(2), 200).map(({ scan }) => scan.id)).toEqual(["3", "4"]);
    expect(batch([], 200)).toEqual([]);
  });

  it("are forgotten once they were heard", () => {
    expect(left(queue, new Set(["1", "3"])).map(({ scan }) => scan.id)).toEqual(["2", "4"]);
  });
});

describe("the list", () => {
  it("is searched by all words of a name, or a number", () => {
    expect(search(TICKETS, "love ADA", 9).map(({ id }) => id)).toEqual(["b"]);
    expect(search(TICKETS, "小明", 9).map(({ id }) => id)).toEqual(["a"]);
    expect(search(TICKETS, "bbbb", 9).map(({ id }) => id)).toEqual(["b"]);
    expect(search(TICKETS, "  ", 9)).toEqual([]);
  });

  it("shows no more than is asked for, and none that is cancelled", () => {
    expect(search(TICKETS, "a", 1)).toHaveLength(1);
    expect(search(TICKETS, "byron", 9)).toEqual([]);
  });

  it("knows a ticket by its number", () => {
    expect(byNumber(TICKETS, "BBBB2222")?.id).toBe("b");
    expect(byNumber(TICKETS, "ZZZZ9999")).toBeNull();
  });
});

describe("the last scans", () => {
  it("hold one line for each", () => {
    const twice = added(added([], recent("1")), recent("1"));

    expect(twice).toHaveLength(1);
  });

  it("end somewhere", () => {
    const many = Array.from({ length: 40 }, (_, one) => recent(String(one))).reduce(added, [] as readonly Recent[]);

    expect([many.length, many[0]?.id]).toEqual([30, "39"]);
  });

  it("say what a scan turned out to be", () => {
    const scan = { id: "1", ticket: "a", direction: "in", verdict: "already_in", told: "admitted", fault: null, gate: "A", at: "", before: null } as const;

    expect(settled([recent("1"), recent("2")], [scan])).toEqual([{ ...recent("1"), synced: true, turned: "already_in" }, recent("2")]);
  });
});
