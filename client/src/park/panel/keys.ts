/** What keys do while the scene has the focus. */

import type { Commands } from "../commands";
import type { Shell } from "./shell";

export interface KeyContext {
  readonly shell: Shell;
  readonly commands: Commands;
  /** One storey up or down in the building that is cut or chosen. */
  storey(by: 1 | -1): void;
}

/** True where the key was one of ours. */
export function pressed(key: string, { shell, commands, storey }: KeyContext): boolean {
  switch (key) {
    case "1": commands.mode("orbit"); return true;
    case "2": commands.mode("walk"); return true;
    case "3": commands.mode("tour"); return true;
    case "o": case "O": commands.mode("orbit"); return true;
    case "Enter": commands.pickMiddle(); return true;
    case "Escape": commands.select(null); return true;
    case "PageUp": storey(1); return true;
    case "PageDown": storey(-1); return true;
    case "[": shell.time.step(0, -30); return true;
    case "]": shell.time.step(0, 30); return true;
    case ",": shell.time.step(-1, 0); return true;
    case ".": shell.time.step(1, 0); return true;
    case "y": case "Y": shell.time.play("years"); return true;
    case "t": case "T": shell.time.play("day"); return true;
    case "/": shell.search.input.focus(); return true;
    case "p": case "P": shell.places.show(); return true;
    case "m": case "M": shell.toggleMap(); return true;
    case "h": case "H": commands.home(); return true;
    case "l": case "L": commands.lock(); return true;
    case "?": shell.help.show(); return true;
    default: return false;
  }
}
