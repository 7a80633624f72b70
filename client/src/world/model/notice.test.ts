import { expect, test } from "vitest";
import type { LinkState } from "./comeback";
import { noticeOf } from "./notice";
import { START, type State } from "./state";

const HERE: State = { ...START, link: "here" };
const ZONE = { space: "hall", name: { zh: "厅", en: "Hall" }, count: 9, cap: 9, muted: false };
const PLAIN = { params: {}, said: null, reason: "", hint: null, remedy: null, passes: true };
const MUTE = { type: "order", measure: "mute", by: "Ada", reason: "spam", until: null } as const;
const LATER = "2026-11-22T10:00:00Z";

test("where all is well nothing is said", () => {
  expect(noticeOf(HERE)).toBe(null);
});

test("a link that comes back by itself asks for nothing", () => {
  expect(noticeOf({ ...START, link: "lost" })).toEqual({ ...PLAIN, key: "world.link.lost" });
});

test("who left, flooded or is in elsewhere may come back; an old page is loaded anew", () => {
  const links: LinkState[] = ["left", "flood", "taken", "reload"];

  expect(links.map((link) => noticeOf({ ...START, link })?.remedy)).toEqual(["back", "back", "back", "reload"]);
});

test("who was removed reads why, and comes back only where that makes sense", () => {
  const words = { zh: "封禁", en: "Banned" };
  const ended = { type: "ended", code: "banned", words, again: false } as const;

  expect(noticeOf({ ...START, link: "removed", ended })).toEqual({ ...PLAIN, key: "world.link.removed", said: words, passes: false });
});

test("who waits knows for what and how long the queue is", () => {
  const waiting = { type: "waiting", zone: ZONE, position: 4 } as const;

  expect(noticeOf({ ...HERE, waiting })).toEqual({
    ...PLAIN, key: "world.waiting", params: { position: 4, cap: 9 }, said: ZONE.name, hint: "world.waiting.do", remedy: "unqueue",
  });
});

test("who is muted reads by whom, why and until when", () => {
  const muted = { ...PLAIN, key: "world.muted", params: { by: "Ada", until: "" }, reason: "spam", hint: "world.muted.do" };

  expect(noticeOf({ ...HERE, mute: MUTE })).toEqual(muted);
  expect(noticeOf({ ...HERE, mute: { ...MUTE, until: LATER } })).toEqual({ ...muted, key: "world.muted.until", params: { by: "Ada", until: LATER } });
});

test("who was put out of a zone alone has read it when they say so", () => {
  const sentence = { ...MUTE, measure: "remove", until: LATER } as const;

  expect(noticeOf({ ...HERE, sentence, mute: MUTE })).toEqual({
    ...PLAIN, key: "world.removed.until", params: { by: "Ada", until: LATER }, reason: "spam", hint: "world.removed.zone", remedy: "understood",
  });
});

test("who is banned for a time may come back then, who is banned for good is told whom to ask", () => {
  const ban = { ...MUTE, measure: "ban" } as const;
  const told = (["removed", "refused"] as const).flatMap((link) => [null, LATER].map((until) => noticeOf({ ...START, link, sentence: { ...ban, until } })));

  expect(told.map((notice) => [notice?.key, notice?.hint, notice?.remedy])).toEqual([
    ["world.banned", "world.banned.do", null], ["world.banned.until", "world.removed.do", "back"],
    ["world.banned", "world.banned.do", null], ["world.banned.until", "world.removed.do", "back"],
  ]);
});

test("a zone in which only moderators speak says so to all others", () => {
  const zone = { ...ZONE, muted: true };

  expect([noticeOf({ ...HERE, zone })?.key, noticeOf({ ...HERE, zone, rights: new Set(["moderate"]) })]).toEqual(["world.muted.all", null]);
});
