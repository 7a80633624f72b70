import { expect, test } from "vitest";
import type { LinkState } from "./comeback";
import { noticeOf } from "./notice";
import { START, type State } from "./state";

const HERE: State = { ...START, link: "here" };
const ZONE = { space: "hall", name: { zh: "厅", en: "Hall" }, count: 9, cap: 9, muted: false };
const PLAIN = { params: {}, said: null, remedy: null, passes: true };

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

  expect(noticeOf({ ...START, link: "removed", ended })).toEqual({ key: "world.link.removed", params: {}, said: words, remedy: null, passes: false });
});

test("who waits knows for what and how long the queue is", () => {
  const waiting = { type: "waiting", zone: ZONE, position: 4 } as const;

  expect(noticeOf({ ...HERE, waiting })).toEqual({ ...PLAIN, key: "world.waiting", params: { position: 4 }, said: ZONE.name });
});

test("a zone in which only moderators speak says so to all others", () => {
  const zone = { ...ZONE, muted: true };

  expect([noticeOf({ ...HERE, zone })?.key, noticeOf({ ...HERE, zone, rights: new Set(["moderate"]) })]).toEqual(["world.muted.all", null]);
});
