import { expect, test } from "vitest";
import type { MessageView, News, PersonView, Scope, ZoneView } from "../../wire/world";
import { handUp, hosts, maySpeak, type Message, MOST, next, personOf, START, type State } from "./state";

const LOOK = [128, 70, 110, 128, 1, 0, 0, 0, 0, 1] as const;
const PLAZA: ZoneView = { space: "plaza", name: { zh: "广场", en: "Plaza" }, count: 2, cap: 50, muted: false };
const HALL: ZoneView = { ...PLAZA, space: "hall" };
const ME = person("p-me", 3);
const ADA = person("p-ada", 7);

function person(key: string, slot: number): PersonView {
  return { slot, key, name: key.slice(2), look: LOOK, simulated: false, staff: false };
}

function said(number: number, sender = "p-ada", scope: Scope = "zone", zone = "plaza"): MessageView {
  return { number, at: "2026-11-22T10:00:00Z", zone, scope, sender, name: sender.slice(2), text: `no ${number}`, to: null };
}

function welcome(parts: Partial<Extract<News, { type: "welcome" }>> = {}): News {
  return {
    type: "welcome", you: ME, zone: PLAZA, stand: { east: 0, north: 0, height: 0, heading: 0 }, rights: ["enter", "speak"], session: "s",
    resumed: false, hands: [], messages: [], shown: null, blocked: [], reports: null, ...parts,
  };
}

function after(...messages: readonly Message[]): State {
  return messages.reduce(next, START);
}

test("one is in with what there is to know", () => {
  const state = after(welcome({ messages: [said(4), said(2)], hands: ["p-me"], blocked: ["p-bob"] }));

  expect([state.link, state.me, state.messages, handUp(state), [...state.blocked]]).toEqual(["here", ME, [said(2), said(4)], true, ["p-bob"]]);
});

test("how many reports wait is what was told last, and holds from zone to zone", () => {
  const told = after(welcome({ rights: ["enter"], reports: 2 }), { type: "reports", count: 3 });
  const elsewhere = next(told, { type: "entered", zone: HALL, rights: ["enter"], hands: [], messages: [], shown: null });

  expect([told.reports, elsewhere.reports, hosts(elsewhere)]).toEqual([3, 3, true]);
  expect([next(elsewhere, welcome()).reports, hosts(after(welcome()))]).toEqual([null, false]);
});

test("people are known by their slot until they part", () => {
  const met = after(welcome(), { type: "met", people: [ADA, ME] });
  const parted = next(met, { type: "parted", slots: [7] });

  expect([[...met.people], personOf(met, "p-ada"), [...parted.people]]).toEqual([[[7, ADA]], ADA, []]);
});

test("what is said twice is heard once, in order", () => {
  const state = after(welcome(), { type: "said", message: said(9), slot: 7 }, { type: "said", message: said(8), slot: 7 }, { type: "said", message: said(9), slot: 7 });

  expect([state.messages, state.unread]).toEqual([[said(8), said(9)], { zone: 2, nearby: 0, direct: 0 }]);
});

test("what is looked at, or said by oneself, is not unread", () => {
  const state = after(
    welcome(), { type: "reading", scope: "zone" }, { type: "said", message: said(1), slot: 7 },
    { type: "said", message: said(2, "p-me", "nearby"), slot: 3 }, { type: "said", message: said(3, "p-ada", "direct"), slot: 7 },
  );

  expect(state.unread).toEqual({ zone: 0, nearby: 0, direct: 1 });
});

test("opening a conversation reads it", () => {
  const state = after(welcome(), { type: "said", message: said(1), slot: 7 }, { type: "reading", scope: "zone" });

  expect([state.unread.zone, state.reading]).toEqual([0, "zone"]);
});

test("only the latest messages are kept", () => {
  const state = after(welcome({ messages: Array.from({ length: MOST + 5 }, (_, index) => said(index)) }));

  expect([state.messages.length, state.messages[0]]).toEqual([MOST, said(5)]);
});

test("another zone has another conversation; what was said to one alone stays", () => {
  const state = after(
    welcome({ messages: [said(1), said(2, "p-ada", "direct")] }),
    { type: "entered", zone: HALL, rights: ["enter"], hands: [], messages: [said(3, "p-ada", "zone", "hall")], shown: null },
  );

  expect([state.zone, state.messages.map(({ number }) => number), maySpeak(state)]).toEqual([HALL, [2, 3], false]);
});

test("after a lost link one is told what was said meanwhile", () => {
  const state = after(welcome({ messages: [said(1)] }), { type: "link", link: "lost", why: "" }, welcome({ resumed: true, messages: [said(2)] }));

  expect([state.link, state.messages, state.unread.zone]).toEqual(["here", [said(1), said(2)], 1]);
});

test("nobody is in sight of who lost the link", () => {
  const state = after(welcome(), { type: "met", people: [ADA] }, { type: "link", link: "lost", why: "" });

  expect([...state.people]).toEqual([]);
});

test("what one says waits until the server has it", () => {
  const unsaid = { key: "k1", scope: "zone", text: "hello", to: null } as const;
  const state = after(welcome(), { type: "saying", unsaid });

  expect([state.unsaid, next(state, { type: "accepted", key: "k1", number: 5 }).unsaid]).toEqual([[unsaid], []]);
});

test("a queue is left when one is in, or not any more", () => {
  const waiting = { type: "waiting", zone: HALL, position: 3 } as const;
  const state = after(welcome(), waiting);

  expect([state.waiting, next(state, { ...waiting, position: 0 }).waiting]).toEqual([waiting, null]);
});

test("whether one is muted is told anew to who comes in", () => {
  const muted = after(welcome(), { type: "order", measure: "mute", by: "Ada", reason: "", until: null });

  expect([muted, next(muted, welcome({ resumed: true }))].map(maySpeak)).toEqual([false, true]);
});

test("who is muted, or where all are, does not speak", () => {
  const order = { type: "order", by: "Mo", reason: "", until: null } as const;
  const muted = after(welcome(), { ...order, measure: "mute" });
  const hushed = after(welcome(), { ...order, measure: "mute_all" });
  const staff = after(welcome({ rights: ["speak", "moderate"] }), { ...order, measure: "mute_all" });

  expect([muted, hushed, staff, next(muted, { ...order, measure: "unmute" })].map(maySpeak)).toEqual([false, false, true, true]);
});

test("one may speak while the link is lost, but not after leaving", () => {
  const links = ["lost", "left"] as const;

  expect(links.map((link) => maySpeak(after(welcome(), { type: "link", link, why: "" })))).toEqual([true, false]);
});

test("hands are told with their names, and only those of one's zone", () => {
  const hands = { type: "hands", zone: "plaza", raised: ["p-ada"], names: ["ada"] } as const;
  const state = after(welcome(), hands, { ...hands, zone: "hall", raised: [], names: [] });

  expect(state.hands).toEqual([{ key: "p-ada", name: "ada" }]);
});

test("an empty title takes away what was shown", () => {
  const shown = { type: "shown", zone: "plaza", title: "Plan", link: "https://example.org/", by: "ada" } as const;
  const state = after(welcome(), shown);

  expect([state.shown, next(state, { ...shown, title: "" }).shown]).toEqual([shown, null]);
});

test("an invitation stands once until it is answered", () => {
  const invited = { type: "invited", sender: "p-ada", name: "ada", slot: 7 } as const;
  const state = after(welcome(), invited, invited);

  expect([state.invitations, next(state, { type: "answered", sender: "p-ada" }).invitations]).toEqual([[{ sender: "p-ada", name: "ada" }], []]);
});

test("who is blocked is not heard, not even what they said before", () => {
  const state = after(welcome({ messages: [said(1)] }), { type: "blocking", person: "p-ada", on: true }, { type: "said", message: said(2), slot: 7 });

  expect([state.messages, [...next(state, { type: "blocking", person: "p-ada", on: false }).blocked]]).toEqual([[], []]);
});

test("news of a kind that is not known changes nothing", () => {
  const state = after(welcome());

  expect(next(state, { type: "tomorrow" } as unknown as News)).toBe(state);
});

test("who is put out knows why until they have read it, or are in again", () => {
  const order = { type: "order", measure: "ban", by: "Ada", reason: "spam", until: null } as const;
  const out = after(welcome(), order);

  expect([out.sentence, next(out, { type: "understood" }).sentence, next(out, welcome()).sentence]).toEqual([order, null, null]);
});

test("who is out sees nobody in the list any more; who lost the link keeps it", () => {
  const listed = { type: "listed", key: "k", people: [ADA], distances: [3], total: 1 } as const;
  const hands = { type: "hands", zone: "plaza", raised: ["p-ada"], names: ["ada"] } as const;
  const inside = after(welcome(), listed, hands);
  const lost = next(inside, { type: "link", link: "lost", why: "" });
  const out = next(inside, { type: "link", link: "removed", why: "" });

  expect([lost.listed, lost.hands.length, out.listed, out.hands]).toEqual([listed, 1, null, []]);
});
