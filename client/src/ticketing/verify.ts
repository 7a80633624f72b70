/** Whether a code is signed by this installation, found out without it. */

import { verifyAsync } from "@noble/ed25519";

import type { Fault, GateKey } from "../wire/gate";
import { keyOf, readCode } from "./model/code";
import type { Shown } from "./model/gate";

/** Whether this browser can check signatures: it can where pages come by https, or from this machine. */
export function canVerify(): boolean {
  return globalThis.isSecureContext !== false && Boolean(globalThis.crypto?.subtle);
}

/** What the code in `text` is worth, by the public `keys`. */
export async function shownBy(text: string, keys: readonly GateKey[]): Promise<Shown> {
  const code = readCode(text);
  if (typeof code === "string") return fault(code);
  const key = keys.find(({ id }) => id === code.key);
  if (!key) return fault("stranger");
  const genuine = await verifyAsync(code.signature, code.signed, keyOf(key.key), { zip215: false });
  return genuine ? { kind: "code", occasion: code.occasion, ticket: code.ticket, issue: code.issue } : fault("forged");
}

function fault(of: Fault): Shown {
  return { kind: "fault", fault: of };
}
