import { describe, expect, it } from "vitest";

import type { DraftSession, DraftView } from "../../wire/draft";
import { Clock, daysOf, hhmm } from "./clock";
import { changedIn, inTray, onDay, withSessions, wrongOf } from "./draft";
import { type Grid, hoursShown, lanesOf, lengthAt, onPaper, slotAt, snapped } from "./grid";
import { type Change, did, forget, NOTHING, redo, same, type Spot, undo } from "./history";
import { carriedBy, neighbour } from "./keyboard";

const GRID: Grid = { halls: ["a", "b", "c"], from: 540, until: 1080, step: 15, width: 100, scale: 2 };
const SPOT: Spot = { hall: "a", start: "2026-12-07T01:00:00Z", minutes: 60, pinned: false };
const AWAY: Spot = { ...SPOT, hall: "b" };

function session(id: string, more: Partial<DraftSession> = {}): DraftSession {
  const title = { zh: `场次${id}`, en: `Session ${id}` };
  return { id, version: 0, forum: "f1", kind: "forum", title, minutes: 60, attendance: 0, speakers: [], hall: null, start: null, pinned: false, mine: true, ...more };
}

function draft(...sessions: DraftSession[]): DraftView {
  return {
    congress: "c", title: { zh: "", en: "" }, version: 1, timezone: "Asia/Shanghai", first: "2026-12-07", last: "2026-12-08", plans: true,
    halls: [], themes: [], conflicts: [], sessions,
    forums: [{ id: "f1", title: { zh: "论坛", en: "Forum" }, code: "F1", theme: "t1" }, { id: "f2", title: { zh: "别的", en: "Other" }, code: "", theme: null }],
    speakers: [{ id: "ann", name: { zh: "安", en: "Ann" } }],
  };
}

describe("the park's clocks", () => {
  const shanghai = new Clock("Asia/Shanghai");
  const berlin = new Clock("Europe/Berlin");

  it("show a day and minutes", () => {
    expect(shanghai.local("2026-12-06T16:05:00Z")).toEqual({ day: "2026-12-07", minute: 5 });
  });

  it("lead back to the instant", () => {
    expect(shanghai.instant("2026-12-07", 545)).toBe("2026-12-07T01:05:00Z");
  });

  it("are put forward and back", () => {
    expect(berlin.instant("2026-03-29", 60)).toBe("2026-03-29T00:00:00Z");
    expect(berlin.instant("2026-03-29", 240)).toBe("2026-03-29T02:00:00Z");
    expect(berlin.instant("2026-10-25", 240)).toBe("2026-10-25T03:00:00Z");
  });

  it("are written with two digits, past midnight too", () => {
    expect([hhmm(0), hhmm(545), hhmm(1440), hhmm(1505)]).toEqual(["00:00", "09:05", "00:00", "01:05"]);
  });

  it("count days over the end of a month", () => {
    expect(daysOf("2026-02-27", "2026-03-01")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
  });
});

describe("the sheet of a day", () => {
  it("fits onto a sheet of paper: narrower, lower, and smaller where that is not enough", () => {
    expect(onPaper(4, 300)).toEqual({ width: 246, scale: 1.2, zoom: 1 });
    expect(onPaper(10, 660)).toEqual({ width: 98, scale: 420 / 660, zoom: 1 });
    expect(onPaper(30, 660)).toEqual({ width: 72, scale: 1.2, zoom: 1040 / 2216 });
    expect(onPaper(0, 0)).toEqual({ width: 984, scale: 1.2, zoom: 1 });
  });

  it("snaps to its step", () => {
    expect([snapped(547, 15), snapped(548, 15), snapped(547, 5)]).toEqual([540, 555, 545]);
  });

  it("finds the hall and the time under what is held by its middle", () => {
    expect(slotAt(GRID, 150, 190, 60)).toEqual({ hall: "b", minute: 600 });
  });

  it("keeps what is dropped near an edge on the sheet", () => {
    expect(slotAt(GRID, 0, 0, 60)).toEqual({ hall: "a", minute: 540 });
    expect(slotAt(GRID, 299, 1080, 0)).toEqual({ hall: "c", minute: 1065 });
  });

  it("has nothing outside", () => {
    expect([slotAt(GRID, -1, 10, 0), slotAt(GRID, 300, 10, 0), slotAt(GRID, 10, -1, 0), slotAt(GRID, 10, 1081, 0)]).toEqual([null, null, null, null]);
  });

  it("stretches a session to the pointer, never below a step", () => {
    expect([lengthAt(GRID, 200, 540), lengthAt(GRID, 0, 600)]).toEqual([105, 15]);
  });

  it("shows all that is open or taken, in whole hours", () => {
    expect(hoursShown([[555, 720], [480, 1110]])).toEqual([480, 1140]);
    expect(hoursShown([])).toEqual([540, 1080]);
  });

  it("puts those that share a moment beside each other, and the others below", () => {
    const lanes = lanesOf([{ id: "1", minute: 0, minutes: 60 }, { id: "2", minute: 30, minutes: 60 }, { id: "3", minute: 60, minutes: 20 }, { id: "4", minute: 90, minutes: 10 }]);

    expect(Object.fromEntries(lanes)).toEqual({ 1: { lane: 0, of: 2 }, 2: { lane: 1, of: 2 }, 3: { lane: 0, of: 2 }, 4: { lane: 0, of: 1 } });
  });
});

describe("undo and redo", () => {
  const first: Change = { session: "1", before: SPOT, after: AWAY };
  const second: Change = { session: "2", before: AWAY, after: SPOT };

  it("go back and forth", () => {
    const [after, back] = undo(did(did(NOTHING, first), second)) ?? [];

    expect(back).toEqual({ session: "2", before: SPOT, after: AWAY });
    expect(after).toEqual({ done: [first], undone: [second] });
    expect(after && redo(after)).toEqual([{ done: [first, second], undone: [] }, second]);
  });

  it("have nothing where nothing was done", () => {
    expect([undo(NOTHING), redo(NOTHING)]).toEqual([null, null]);
  });

  it("lose what was undone when something else is done", () => {
    const [after] = undo(did(NOTHING, first)) ?? [NOTHING];

    expect(did(after, second)).toEqual({ done: [second], undone: [] });
  });

  it("forget what somebody else has changed", () => {
    expect(forget({ done: [first, second], undone: [first] }, "1")).toEqual({ done: [second], undone: [] });
  });

  it("know a spot however its instant is written", () => {
    expect(same(SPOT, { ...SPOT, start: "2026-12-07T09:00:00+08:00" })).toBe(true);
    expect([same(SPOT, AWAY), same(SPOT, { ...SPOT, start: null }), same(SPOT, { ...SPOT, pinned: true })]).toEqual([false, false, false]);
  });
});

describe("a session that is carried by keyboard", () => {
  const room = { halls: ["a", "b"], days: ["2026-12-07", "2026-12-08"], step: 5 };
  const at = { hall: "a", day: "2026-12-07", minute: 600 };

  it("goes by steps, hours, halls and days", () => {
    const went = ["ArrowDown", "ArrowUp", "Home", "End", "ArrowRight", "PageDown"].map((key) => carriedBy(key, at, room));

    expect(went).toEqual([
      { ...at, minute: 605 }, { ...at, minute: 595 }, { ...at, minute: 540 }, { ...at, minute: 660 }, { ...at, hall: "b" }, { ...at, day: "2026-12-08" },
    ]);
  });

  it("stays where there is nothing further", () => {
    const edge = { ...at, minute: 0 };

    expect(["ArrowLeft", "PageUp", "ArrowUp"].map((key) => carriedBy(key, edge, room))).toEqual([edge, edge, edge]);
  });

  it("is not moved by other keys", () => {
    expect(carriedBy("x", at, room)).toBeNull();
  });
});

describe("arrows among sessions", () => {
  const all = [{ id: "1", column: 0, minute: 540 }, { id: "2", column: 0, minute: 700 }, { id: "3", column: 2, minute: 600 }, { id: "4", column: 2, minute: 900 }] as const;

  it("lead up and down within a hall", () => {
    expect([neighbour("ArrowDown", all[0], all), neighbour("ArrowUp", all[1], all), neighbour("ArrowUp", all[0], all)]).toEqual(["2", "1", null]);
  });

  it("lead aside to the nearest in time, over empty halls", () => {
    expect([neighbour("ArrowRight", all[0], all), neighbour("ArrowLeft", all[3], all), neighbour("ArrowRight", all[3], all)]).toEqual(["3", "2", null]);
  });
});

describe("a draft", () => {
  it("shows on a day what begins on it by the park's clocks", () => {
    const made = draft(session("1", { hall: "a", start: "2026-12-06T16:00:00Z" }), session("2", { hall: "a", start: "2026-12-07T16:00:00Z" }), session("3"));

    expect(onDay(made, new Clock("Asia/Shanghai"), "2026-12-07").map(({ id }) => id)).toEqual(["1"]);
  });

  it("finds what has no place by words, speakers, forum, theme and whose it is", () => {
    const made = draft(session("1", { speakers: ["ann"] }), session("2", { forum: "f2", mine: false }), session("3", { hall: "a", start: "2026-12-07T01:00:00Z" }));
    const wish = { words: "", forum: "", theme: "", mine: false };
    const found = [wish, { ...wish, words: "ANN 论坛" }, { ...wish, forum: "f2" }, { ...wish, theme: "t1" }, { ...wish, mine: true }, { ...wish, words: "nothing" }];

    expect(found.map((one) => inTray(made, one).map(({ id }) => id))).toEqual([["1", "2"], ["1"], ["2"], ["1"], ["1"], []]);
  });

  it("knows what somebody else has changed, added and dropped", () => {
    const before = draft(session("1"), session("2"), session("3"));
    const after = draft(session("1"), session("2", { version: 1 }), session("4"));

    expect(changedIn(before, after)).toEqual(["2", "4", "3"]);
  });

  it("takes new sessions in place of old ones", () => {
    expect(withSessions(draft(session("1"), session("2")), [session("2", { version: 5 })]).sessions.map(({ version }) => version)).toEqual([0, 5]);
  });

  it("says of each session what is wrong with it", () => {
    const one = { rule: "hall_taken", level: "block", sessions: ["1", "2"], name: "", words: "" } as const;

    expect([...wrongOf([one])]).toEqual([["1", [one]], ["2", [one]]]);
  });
});
