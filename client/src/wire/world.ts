/** Generated from src/shulian/world/wire by `make docs`; never edited. */

/** A ticket, good for one connection within a minute. */
export interface TicketView {
  readonly url: string;
  readonly ticket: string;
  readonly you: string;
  readonly name: string;
  readonly guest: boolean;
  readonly protocol: number;
}

/** Somebody whom one has blocked. */
export interface BlockView {
  readonly person: string;
  readonly name: string;
  readonly since: string;
}

/** Say something; `to` is for whom, if it is for one alone. */
export interface Say {
  readonly type: "say";
  readonly key: string;
  readonly scope: Scope;
  readonly text: string;
  readonly to?: string | null;
}

/** Who hears a message: all in the zone, those within `NEARBY`, or one person. */
export type Scope = "zone" | "nearby" | "direct";

/** Wave to somebody, who is told so. */
export interface Greet {
  readonly type: "greet";
  readonly key: string;
  readonly to: string;
}

/** Raise one's hand in the zone, or take it down. */
export interface Hand {
  readonly type: "hand";
  readonly raised: boolean;
}

/** Be taken to a space, to the side of a person, or to a spot: `bring me there`. */
export interface Go {
  readonly type: "go";
  readonly key: string;
  readonly space?: string | null;
  readonly person?: string | null;
  readonly spot?: Spot | null;
}

/** A place somebody sees from above and wants to stand at, looking which way [m, °]. */
export interface Spot {
  readonly east: number;
  readonly north: number;
  readonly height: number;
  readonly heading: number;
}

/** Ask a person, or all nearby, to follow: `follow me`. */
export interface Invite {
  readonly type: "invite";
  readonly key: string;
  readonly to?: string | null;
}

/** Look at the park from above: the people around that point are shown instead of one's own. */
export interface Focus {
  readonly type: "focus";
  readonly east: number;
  readonly north: number;
}

/** Look from where one stands again. */
export interface Unfocus {
  readonly type: "unfocus";
}

/** Ask who is in one's zone, by a part of their name. */
export interface Roster {
  readonly type: "roster";
  readonly key: string;
  readonly query?: string;
}

/** Ask what was said in one's zone before a message. */
export interface History {
  readonly type: "history";
  readonly key: string;
  readonly before: number;
}

/** Show a title and a page to open to all in the zone; without them: nothing more. */
export interface Show {
  readonly type: "show";
  readonly key: string;
  readonly title?: string;
  readonly link?: string;
}

/** Look different from now on. */
export interface Dress {
  readonly type: "dress";
  readonly look: LookView;
}

/** What an avatar looks like, as `world.types.Look`, without names to be short. */
export type LookView = readonly [sex: number, age: number, weight: number, stature: number, skin: number, hair: number, hair_color: number, outfit: number, primary: number, secondary: number];

/** Neither see nor hear somebody any more, nor be heard by them; or take that back. */
export interface Block {
  readonly type: "block";
  readonly key: string;
  readonly person: string;
  readonly on: boolean;
}

/** Report somebody to the moderators, with a message of theirs where it is about one. */
export interface Complain {
  readonly type: "complain";
  readonly key: string;
  readonly person: string;
  readonly reason: string;
  readonly message?: number | null;
}

/** Keep order: `person` is needed unless all are meant; minutes of a ban, none: for good. */
export interface Moderate {
  readonly type: "moderate";
  readonly key: string;
  readonly measure: Measure;
  readonly person?: string | null;
  readonly reason?: string;
  readonly minutes?: number | null;
}

/** What a moderator does to keep order. */
export type Measure = "mute" | "unmute" | "mute_all" | "unmute_all" | "remove" | "ban" | "unban";

/** Wait for the full zone no more. */
export interface Unqueue {
  readonly type: "unqueue";
}

/** Go: one's place is free at once. */
export interface Leave {
  readonly type: "leave";
}

export type Call = Say | Greet | Hand | Go | Invite | Focus | Unfocus | Roster | History | Show | Dress | Block | Complain | Moderate | Unqueue | Leave;

/** One is in: where, as whom, and what one may do there. */
export interface Welcome {
  readonly type: "welcome";
  readonly you: PersonView;
  readonly zone: ZoneView;
  readonly stand: StandView;
  readonly rights: readonly Right[];
  readonly session: string;
  readonly resumed: boolean;
  readonly hands: readonly string[];
  readonly messages: readonly MessageView[];
  readonly shown: Shown | null;
  readonly blocked: readonly string[];
  readonly reports: number | null;
}

/** Somebody in the world. */
export interface PersonView {
  readonly slot: number;
  readonly key: string;
  readonly name: string;
  readonly look: LookView;
  readonly simulated: boolean;
  readonly staff: boolean;
}

/** A zone and who is in it now. */
export interface ZoneView {
  readonly space: string;
  readonly name: Text;
  readonly count: number;
  readonly cap: number;
  readonly muted: boolean;
}

/** The same words in Chinese and English; an empty side falls back to the other. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Where somebody stands [m], heading [° clockwise from north]. */
export interface StandView {
  readonly east: number;
  readonly north: number;
  readonly height: number;
  readonly heading: number;
}

/** What one may do in a zone. */
export type Right = "enter" | "speak" | "present" | "moderate";

/** Something that was said. */
export interface MessageView {
  readonly number: number;
  readonly at: string;
  readonly zone: string;
  readonly scope: Scope;
  readonly sender: string;
  readonly name: string;
  readonly text: string;
  readonly to: string | null;
}

/** What is shown to all in a zone; an empty title: nothing. */
export interface Shown {
  readonly type: "shown";
  readonly zone: string;
  readonly title: string;
  readonly link: string;
  readonly by: string;
}

/** The zone one wants to is full: one's place in its queue, the first is 1; 0: not any more. */
export interface Waiting {
  readonly type: "waiting";
  readonly zone: ZoneView;
  readonly position: number;
}

/** One is in another zone now. */
export interface Entered {
  readonly type: "entered";
  readonly zone: ZoneView;
  readonly rights: readonly Right[];
  readonly hands: readonly string[];
  readonly messages: readonly MessageView[];
  readonly shown: Shown | null;
}

/** One stands there now, whatever the client thought. */
export interface Placed {
  readonly type: "placed";
  readonly stand: StandView;
  readonly reason: "brought" | "closed" | "full" | "go" | "removed" | "speed" | "wall";
}

/** Who stands behind slots that snapshots name from now on; also after they changed. */
export interface Met {
  readonly type: "met";
  readonly people: readonly PersonView[];
}

/** Who is gone; their slots may come back with others behind them. */
export interface Parted {
  readonly type: "parted";
  readonly slots: readonly number[];
}

/** Somebody said something, perhaps oneself. */
export interface Said {
  readonly type: "said";
  readonly message: MessageView;
  readonly slot: number;
}

/** Somebody waves to you. */
export interface Greeted {
  readonly type: "greeted";
  readonly sender: string;
  readonly name: string;
  readonly slot: number;
}

/** Somebody asks you to follow them. */
export interface Invited {
  readonly type: "invited";
  readonly sender: string;
  readonly name: string;
  readonly slot: number;
}

/** Whose hands are up in the zone, the longest first. */
export interface Hands {
  readonly type: "hands";
  readonly zone: string;
  readonly raised: readonly string[];
  readonly names: readonly string[];
}

/** How many are in one's zone now. */
export interface Crowd {
  readonly type: "crowd";
  readonly zone: ZoneView;
}

/** A moderator did something to you, or to all: in force until then, none: until taken back. */
export interface Order {
  readonly type: "order";
  readonly measure: Measure;
  readonly by: string;
  readonly reason: string;
  readonly until: string | null;
}

/** What one may do in one's zone has changed. */
export interface Rights {
  readonly type: "rights";
  readonly rights: readonly Right[];
}

/** So many complaints wait now; null: one does not keep order in the whole park any more. */
export interface Reports {
  readonly type: "reports";
  readonly count: number | null;
}

/** Who is in the zone, the nearest first; `total` counts those who are left out as well. */
export interface Listed {
  readonly type: "listed";
  readonly key: string;
  readonly people: readonly PersonView[];
  readonly distances: readonly number[];
  readonly total: number;
}

/** What was said in the zone before. */
export interface Told {
  readonly type: "told";
  readonly key: string;
  readonly messages: readonly MessageView[];
}

/** What was asked for is done; of something said: its number, under which it is kept. */
export interface Accepted {
  readonly type: "accepted";
  readonly key: string;
  readonly number: number | null;
}

/** What was asked for is not done. */
export interface Refusal {
  readonly type: "refusal";
  readonly key: string | null;
  readonly code: string;
  readonly words: Text;
}

/** One's place is on another server now: connect there with this session. */
export interface Moved {
  readonly type: "moved";
  readonly url: string;
  readonly session: string;
}

/** The last message: why the connection ends, and whether it makes sense to come back. */
export interface Ended {
  readonly type: "ended";
  readonly code: string;
  readonly words: Text;
  readonly again: boolean;
}

export type News = Welcome | Waiting | Entered | Placed | Met | Parted | Said | Greeted | Invited | Hands | Crowd | Shown | Order | Rights | Reports | Listed | Told | Accepted | Refusal | Moved | Ended;
