/** What people write, in pieces that can be shown: plain words and links that lead out. */

export interface Piece {
  readonly text: string;
  /** Where it leads, for a link. */
  readonly href: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"'，。！？；：、（）《》「」“”‘’]+/gi;
/** These end a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}]+$/;

/** `text` in pieces; only addresses of http and https are links. */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    const href = safeAddress(address);
    if (href === null) continue;
    if (match.index > at) found.push({ text: text.slice(at, match.index), href: null });
    found.push({ text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) found.push({ text: text.slice(at), href: null });
  return found;
}

/** The address a link may have: http or https without a name and password in it; null for any other. */
export function safeAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "";
  return plain ? url.href : null;
}

/** What may be sent: no blank ends, not too long; empty for nothing. */
export function sayable(text: string, longest: number): string {
  return [...text.trim()].slice(0, longest).join("");
}
