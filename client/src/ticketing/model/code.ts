/** The code that a QR carries, as src/shulian/ticketing/rules/ticket_codes.py writes it. */

import type { Fault } from "../../wire/gate";

const MAGIC = "7512408";
const HEAD = `${MAGIC}1`;
const SAYS = 35;
const BYTES = SAYS + 64;
const DIGITS = 239;
const LENGTH = HEAD.length + DIGITS;
const NUMBER = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const MEANT: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1", U: "V" };

/** What a code says; it is believed only when `signature` is that of `key` over `signed`. */
export interface Code {
  readonly key: number;
  readonly occasion: string;
  readonly ticket: string;
  readonly issue: number;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the digits say, or why they are no code of ours. */
export function readCode(text: string): Code | Fault {
  const digits = text.replace(/[\s-]+/g, "");
  if (!digits.startsWith(MAGIC) || !/^[0-9]+$/.test(digits)) return "foreign";
  if (!digits.startsWith(HEAD)) return digits.length > HEAD.length ? "newer" : "cut";
  if (digits.length !== LENGTH) return "cut";
  const whole = bytesOf(BigInt(digits.slice(HEAD.length)));
  if (!whole) return "forged";
  const head = new TextEncoder().encode(HEAD);
  const signed = new Uint8Array(head.length + SAYS);
  signed.set(head);
  signed.set(whole.subarray(0, SAYS), head.length);
  return {
    key: whole[0] ?? 0,
    occasion: uuid(whole.subarray(1, 17)),
    ticket: uuid(whole.subarray(17, 33)),
    issue: (whole[33] ?? 0) * 256 + (whole[34] ?? 0),
    signed,
    signature: whole.slice(SAYS),
  };
}

/** The number of a ticket that somebody meant who typed `text`; empty where it can be none. */
export function typedNumber(text: string): string {
  const meant = text
    .replace(/[\s-]+/g, "")
    .toUpperCase()
    .replace(/[OILU]/g, (letter) => MEANT[letter] ?? letter);
  return NUMBER.test(meant) ? meant : "";
}

/** The bytes of 64 hexadecimal digits, as keys are told. */
export function keyOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function bytesOf(number: bigint): Uint8Array | null {
  const hex = number.toString(16).padStart(BYTES * 2, "0");
  return hex.length > BYTES * 2 ? null : keyOf(hex);
}

function uuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
