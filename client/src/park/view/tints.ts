/** The colours spaces wear in the scene: quiet by kind, clear by what they are now. */

import type { Color } from "three";
import type { LiveToken, SpaceKind } from "../../wire/park";
import { TOKENS } from "../model/live";

/** In the order of the kinds' numbers in tiles. */
export const KINDS: readonly SpaceKind[] = [
  "park", "site", "phase", "building", "storey", "hall", "exhibition_hall", "booth", "seat", "table", "office", "lab",
  "studio", "meeting_room", "lobby", "corridor", "stairs", "stage", "cafe", "shop", "service", "plaza", "garden", "parking",
];

const TOKEN_COLORS: Readonly<Record<LiveToken, number>> = {
  closed: 0x8b9097, alert: 0xd9483b, full: 0x9a4fa1, busy: 0xd9962b, held: 0x4f7fcb, event: 0xd6518f, free: 0x4da66a,
};

const KIND_COLORS: Partial<Record<SpaceKind, number>> = {
  hall: 0xa9c0da, exhibition_hall: 0xc5b8de, booth: 0xe0b9a2, seat: 0x9fb4cf, table: 0xcdbf9f, office: 0xd9d2c2, lab: 0xaed0c8,
  studio: 0xd8bfd3, meeting_room: 0xb8d0ae, lobby: 0xe8dcc4, stairs: 0xc9c5bd, stage: 0xd3a5a0, cafe: 0xe5c79c, shop: 0xe3cdae,
  service: 0xc4c4c2, plaza: 0xdcd8c8, garden: 0xbfd0aa, parking: 0xc8cacd,
};

const FIRST_KIND = TOKENS.length + 1;

/** The tint of a token; 0 is none. */
export function tintOf(token: LiveToken | null | undefined): number {
  return token ? TOKENS.indexOf(token) + 1 : 0;
}

/** The tint of a kind by its number in tiles; 0 is none. */
export function tintOfKind(kind: number): number {
  const name = KINDS[kind];
  return name && KIND_COLORS[name] !== undefined ? FIRST_KIND + kind : 0;
}

/** Gives each tint its colour. */
export function paint(colors: readonly Color[]): void {
  TOKENS.forEach((token, index) => colors[index + 1]?.setHex(TOKEN_COLORS[token]));
  KINDS.forEach((kind, index) => colors[FIRST_KIND + index]?.setHex(KIND_COLORS[kind] ?? 0xffffff));
}
