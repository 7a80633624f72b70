/** What a gate keeps in the browser: all it needs to go on without network, and what it must not lose. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { CountsView, GateTickets, GateView, PassageView } from "../wire/gate";
import type { Waiting } from "./model/gate";
import type { Recent } from "./model/recent";

/** What the server told last. */
export interface Kept {
  view: GateView;
  tickets: { readonly tag: string; readonly list: GateTickets };
  cursor: string;
  counts: CountsView;
  gate: string;
  recent: readonly Recent[];
  synced: string;
}

interface Schema extends DBSchema {
  kept: { key: string; value: unknown };
  passages: { key: string; value: PassageView };
  waiting: { key: number; value: Waiting };
}

const VERSION = 1;

export class Shelf {
  private constructor(readonly database: IDBPDatabase<Schema>) {}

  /** The shelf of one occasion. */
  static async open(occasion: string): Promise<Shelf> {
    const database = await openDB<Schema>(nameOf(occasion), VERSION, {
      upgrade(made) {
        made.createObjectStore("kept");
        made.createObjectStore("passages", { keyPath: "ticket" });
        made.createObjectStore("waiting", { autoIncrement: true });
      },
    });
    return new Shelf(database);
  }

  async get<K extends keyof Kept>(name: K): Promise<Kept[K] | undefined> {
    return (await this.database.get("kept", name)) as Kept[K] | undefined;
  }

  async put<K extends keyof Kept>(name: K, value: Kept[K]): Promise<void> {
    await this.database.put("kept", value, name);
  }

  /** How somebody passed last by each ticket. */
  passages(): Promise<PassageView[]> {
    return this.database.getAll("passages");
  }

  /** Keeps how somebody passed. */
  async pass(some: readonly PassageView[]): Promise<void> {
    const change = this.database.transaction("passages", "readwrite");
    await Promise.all([...some.map((one) => change.store.put(one)), change.done]);
  }

  /** Keeps a scan that waits to be told; it is on the disk when this is over. */
  async wait(one: Waiting): Promise<void> {
    const change = this.database.transaction("waiting", "readwrite", { durability: "strict" });
    await change.store.add(one);
    await change.done;
  }

  /** The scans that wait, the first first. */
  waiting(): Promise<Waiting[]> {
    return this.database.getAll("waiting");
  }

  /** Forgets the scans of which the server has heard. */
  async heard(ids: ReadonlySet<string>): Promise<void> {
    const change = this.database.transaction("waiting", "readwrite");
    for (let cursor = await change.store.openCursor(); cursor; cursor = await cursor.continue()) {
      if (ids.has(cursor.value.scan.id)) await cursor.delete();
    }
    await change.done;
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await this.database.clear("kept");
    await this.database.clear("passages");
    await this.database.clear("waiting");
  }
}

function nameOf(occasion: string): string {
  return `gate:${occasion}`;
}
