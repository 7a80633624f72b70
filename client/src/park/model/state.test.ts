import { expect, test } from "vitest";
import type { LiveView } from "../../wire/park";
import { type Message, next, start, type State } from "./state";

const years = { first: 19000, last: 21000 };
const after = (state: State, ...messages: readonly Message[]): State => messages.reduce(next, state);
const opening = start(20000, 600);

test("a visit opens in orbit with nothing chosen", () => {
  expect(opening).toEqual({
    mode: "orbit", selected: null, hovered: null, cut: null, day: 20000, minute: 600, playing: null, statuses: new Map(), marks: new Map(),
  });
});

test("walking closes a cut building, cutting lifts one off the ground", () => {
  const cut = { building: "b", storey: "s" };
  const open = after(opening, { type: "mode", mode: "walk" }, { type: "cut", cut });
  expect([open, after(open, { type: "mode", mode: "walk" })]).toEqual([
    { ...opening, mode: "orbit", cut }, { ...opening, mode: "walk", cut: null },
  ]);
});

test("setting a date or an hour stops what plays", () => {
  const playing = after(opening, { type: "play", playing: "years", years });
  expect([after(playing, { type: "date", day: 20500 }), after(playing, { type: "minute", minute: 1500 })]).toEqual([
    { ...opening, day: 20500 }, { ...opening, minute: 60 },
  ]);
});

test("an hour before midnight is the day's last", () => {
  expect(after(opening, { type: "minute", minute: -30 }).minute).toBe(1410);
});

test("the day plays round midnight", () => {
  const late = after(start(20000, 1430), { type: "play", playing: "day", years }, { type: "played", seconds: 0.5, years });
  expect([late.minute, late.day, late.playing]).toEqual([14, 20000, "day"]);
});

test("the years play on and stop at the last day", () => {
  const end = after(start(20990, 600), { type: "play", playing: "years", years: { first: 19000, last: 21100 } }, { type: "played", seconds: 0.1, years });
  expect([end.day, end.playing]).toEqual([expect.closeTo(20999.13, 1), "years"]);
  expect(after(end, { type: "played", seconds: 1, years })).toEqual({ ...start(21000, 600) });
});

test("played from their end the years begin again", () => {
  expect(after(start(20995, 600), { type: "play", playing: "years", years })).toEqual({ ...start(19000, 600), playing: "years" });
});

test("time stands while nothing plays", () => {
  expect(after(opening, { type: "played", seconds: 9, years })).toBe(opening);
});

test("pointing at the same space again changes nothing", () => {
  const pointed = after(opening, { type: "hover", space: "a" });
  expect(after(pointed, { type: "hover", space: "a" })).toBe(pointed);
});

test("a list of statuses replaces all, without those that are over or say nothing", () => {
  const view = (space: string, token: LiveView["token"], until: string | null): LiveView => ({ space, token, words: { zh: "", en: "" }, number: null, until });
  const kept = view("a", "busy", null);
  const statuses = [kept, view("b", null, null), view("c", "free", "2020-01-01T00:00:00Z")];
  const state = after({ ...opening, statuses: new Map([["old", kept]]) }, { type: "statuses", statuses, now: Date.parse("2026-01-01T00:00:00Z") });
  expect(state.statuses).toEqual(new Map([["a", kept]]));
});
