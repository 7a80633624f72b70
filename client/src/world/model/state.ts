/** What somebody knows of the shared world, as a pure function of what they are told and what they do. */

import type { Ended, Listed, MessageView, News, Order, PersonView, Right, Scope, Shown, Waiting, ZoneView } from "../../wire/world";
import type { LinkState } from "./comeback";

/** Something said that the server has not taken yet. */
export interface Unsaid {
  readonly key: string;
  readonly scope: Scope;
  readonly text: string;
  readonly to: string | null;
}

export interface Raised {
  readonly key: string;
  readonly name: string;
}

export interface Invitation {
  readonly sender: string;
  readonly name: string;
}

export interface State {
  readonly link: LinkState;
  /** What the server said last, where it ended the link. */
  readonly ended: Ended | null;
  /** Why one was not let in, in the server's words. */
  readonly why: string;
  readonly me: PersonView | null;
  readonly zone: ZoneView | null;
  readonly rights: ReadonlySet<Right>;
  readonly waiting: Waiting | null;
  /** The people in sight by their number in snapshots. */
  readonly people: ReadonlyMap<number, PersonView>;
  /** The oldest first. */
  readonly messages: readonly MessageView[];
  readonly unsaid: readonly Unsaid[];
  /** Messages that came while they were not looked at. */
  readonly unread: Readonly<Record<Scope, number>>;
  /** The conversation that is looked at. */
  readonly reading: Scope | null;
  /** Whether there may be messages before the first. */
  readonly more: boolean;
  readonly hands: readonly Raised[];
  readonly shown: Shown | null;
  /** A mute of oneself that is in force. */
  readonly mute: Order | null;
  /** By which one was put out of a zone or of the park, until one has read it. */
  readonly sentence: Order | null;
  readonly invitations: readonly Invitation[];
  readonly blocked: ReadonlySet<string>;
  readonly listed: Listed | null;
  /** How many complaints wait; null: one does not keep order in the whole park. */
  readonly reports: number | null;
}

export type Message =
  | News
  | { readonly type: "link"; readonly link: LinkState; readonly why: string }
  | { readonly type: "saying"; readonly unsaid: Unsaid }
  | { readonly type: "reading"; readonly scope: Scope | null }
  | { readonly type: "answered"; readonly sender: string }
  | { readonly type: "understood" }
  | { readonly type: "blocking"; readonly person: string; readonly on: boolean };

/** So many messages are kept. */
export const MOST = 400;
/** So many at once are as many as the server tells. */
const PAGE = 100;
const NONE: Readonly<Record<Scope, number>> = { zone: 0, nearby: 0, direct: 0 };

export const START: State = {
  link: "connecting", ended: null, why: "", me: null, zone: null, rights: new Set(), waiting: null, people: new Map(), messages: [], unsaid: [],
  unread: NONE, reading: null, more: false, hands: [], shown: null, mute: null, sentence: null, invitations: [], blocked: new Set(), listed: null, reports: null,
};

/** The state after `message`. */
export function next(state: State, message: Message): State {
  switch (message.type) {
    case "welcome":
      return welcomed(state, message);
    case "entered":
      return entered(state, message);
    case "waiting":
      return { ...state, waiting: message.position > 0 ? message : null };
    case "met":
      return met(state, message.people);
    case "parted":
      return parted(state, message.slots);
    case "said":
      return heard(state, message.message);
    case "told":
      return { ...state, messages: merged(message.messages, state.messages), more: message.messages.length >= PAGE };
    case "hands":
      return handed(state, message);
    case "crowd":
      return message.zone.space === state.zone?.space ? { ...state, zone: message.zone } : state;
    case "shown":
      return message.zone === state.zone?.space ? { ...state, shown: message.title ? message : null } : state;
    case "order":
      return ordered(state, message);
    case "rights":
      return { ...state, rights: new Set(message.rights) };
    case "reports":
      return { ...state, reports: message.count };
    case "listed":
      return { ...state, listed: message };
    case "invited":
      return { ...state, invitations: [...without(state.invitations, message.sender), { sender: message.sender, name: message.name }] };
    case "ended":
      return { ...state, ended: message };
    case "accepted":
    case "refusal":
      return { ...state, unsaid: state.unsaid.filter(({ key }) => key !== message.key) };
    case "placed":
    case "greeted":
    case "moved":
      return state;
    default:
      return own(state, message);
  }
}

/** What one does oneself. */
function own(state: State, message: Exclude<Message, News>): State {
  switch (message.type) {
    case "link":
      return linked(state, message.link, message.why);
    case "saying":
      return { ...state, unsaid: [...state.unsaid, message.unsaid] };
    case "reading":
      return { ...state, reading: message.scope, unread: message.scope ? { ...state.unread, [message.scope]: 0 } : state.unread };
    case "answered":
      return { ...state, invitations: without(state.invitations, message.sender) };
    case "understood":
      return { ...state, sentence: null };
    case "blocking":
      return blocking(state, message.person, message.on);
    default:
      // Told by a server that is newer than this page.
      return state;
  }
}

type Told<T extends News["type"]> = Extract<News, { readonly type: T }>;

function welcomed(state: State, { you, zone, rights, resumed, hands, messages, shown, blocked, reports }: Told<"welcome">): State {
  return {
    ...state,
    link: "here", ended: null, why: "", me: you, zone, rights: new Set(rights), waiting: null, people: new Map(),
    messages: resumed ? merged(state.messages, messages) : merged(state.messages.filter(({ scope }) => scope === "direct"), messages),
    unread: state.zone === null || !resumed ? state.unread : missed(state, messages),
    more: messages.length >= PAGE || (resumed && state.more),
    hands: named(hands, [you]),
    shown: shown?.title ? shown : null,
    blocked: new Set(blocked),
    listed: null,
    reports,
    // The server tells of one that is still in force.
    mute: null,
    sentence: null,
    invitations: resumed ? state.invitations : [],
  };
}

function entered(state: State, { zone, rights, hands, messages, shown }: Told<"entered">): State {
  const kept = state.messages.filter(({ scope }) => scope === "direct");
  return {
    ...state,
    zone, rights: new Set(rights), waiting: null,
    messages: merged(kept, messages),
    unread: { ...state.unread, zone: 0, nearby: 0 },
    more: messages.length >= PAGE,
    hands: named(hands, [...state.people.values(), ...(state.me ? [state.me] : [])]),
    shown: shown?.title ? shown : null,
    listed: null,
  };
}

function met(state: State, people: readonly PersonView[]): State {
  const all = new Map(state.people);
  let me = state.me;
  for (const person of people) {
    if (person.key === me?.key) me = person;
    else if (person.slot >= 0) all.set(person.slot, person);
  }
  return { ...state, people: all, me };
}

function parted(state: State, slots: readonly number[]): State {
  const people = new Map(state.people);
  for (const slot of slots) people.delete(slot);
  return { ...state, people };
}

function heard(state: State, message: MessageView): State {
  if (state.blocked.has(message.sender)) return state;
  const messages = merged(state.messages, [message]);
  if (messages.length === state.messages.length && messages.at(-1) === state.messages.at(-1)) return state;
  return { ...state, messages, unread: missed(state, [message]) };
}

/** Unread messages with `messages`, of which some may be one's own. */
function missed(state: State, messages: readonly MessageView[]): State["unread"] {
  const known = new Set(state.messages.map(({ number }) => number));
  const unread = { ...state.unread };
  for (const { scope, sender, number } of messages) {
    if (sender !== state.me?.key && scope !== state.reading && !known.has(number)) unread[scope] += 1;
  }
  return unread;
}

function handed(state: State, { zone, raised, names }: Told<"hands">): State {
  if (zone !== state.zone?.space) return state;
  return { ...state, hands: raised.map((key, index) => ({ key, name: names[index] ?? "" })) };
}

/** Hands whose names are those of `people`; of others the next message about hands will tell. */
function named(keys: readonly string[], people: readonly PersonView[]): readonly Raised[] {
  return keys.map((key) => ({ key, name: people.find((person) => person.key === key)?.name ?? "" }));
}

function ordered(state: State, order: Order): State {
  switch (order.measure) {
    case "mute":
      return { ...state, mute: order };
    case "unmute":
      return { ...state, mute: null };
    case "mute_all":
    case "unmute_all":
      return state.zone ? { ...state, zone: { ...state.zone, muted: order.measure === "mute_all" } } : state;
    case "remove":
    case "ban":
      return { ...state, sentence: order };
    case "unban":
      return { ...state, sentence: null };
  }
}

function linked(state: State, link: LinkState, why: string): State {
  if (link === state.link && why === state.why) return state;
  const { invitations, listed, hands } = state;
  const kept = over(link) ? { invitations: [], listed: null, hands: [] } : { invitations, listed, hands };
  return { ...state, link, why, waiting: null, people: new Map(), ...kept };
}

function blocking(state: State, person: string, on: boolean): State {
  const blocked = new Set(state.blocked);
  if (on) blocked.add(person);
  else blocked.delete(person);
  const messages = on ? state.messages.filter(({ sender }) => sender !== person) : state.messages;
  return { ...state, blocked, messages, invitations: on ? without(state.invitations, person) : state.invitations };
}

function without(invitations: readonly Invitation[], sender: string): readonly Invitation[] {
  return invitations.filter((one) => one.sender !== sender);
}

/** Both, in order, each once, the latest `MOST`. */
function merged(some: readonly MessageView[], more: readonly MessageView[]): readonly MessageView[] {
  if (more.length === 0) return some;
  const byNumber = new Map([...some, ...more].map((message) => [message.number, message]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number).slice(-MOST);
}

/** Whether one may speak now; what is said while the link is lost waits until it is back. */
export function maySpeak(state: State): boolean {
  const quiet = state.zone?.muted === true && !state.rights.has("moderate");
  const linked = state.link === "here" || state.link === "lost";
  return linked && state.rights.has("speak") && state.mute === null && !quiet;
}

/** Whether one is out, and does not come back by oneself. */
export function over(link: LinkState): boolean {
  return link !== "here" && link !== "connecting" && link !== "lost" && link !== "full";
}

/** Whether one presents or keeps order, here or in the whole park. */
export function hosts({ rights, reports }: State): boolean {
  return rights.has("moderate") || rights.has("present") || reports !== null;
}

/** Whether one's own hand is up. */
export function handUp(state: State): boolean {
  return state.hands.some(({ key }) => key === state.me?.key);
}

/** Who has `key`, where they are in sight. */
export function personOf(state: State, key: string): PersonView | null {
  for (const person of state.people.values()) if (person.key === key) return person;
  return null;
}
