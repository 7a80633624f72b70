/** Buildings shown by their storeys: those one walks into, and the one that is cut open. */

import type { Scene } from "three";
import { PARTS } from "../../scene/interior";
import { FLAG_HIDDEN, FLAG_HOVERED, FLAG_SELECTED } from "../../scene/shading";
import { disposeStorey, type Storey, StoreyLoader, UNCUT } from "../../scene/storeys";
import type { Shading } from "../../scene/shading";
import type { StoreyFile, StoreyFiles } from "../../wire/park";
import type { Cut } from "../model/state";
import type { Statuses } from "../model/live";
import { tintOf, tintOfKind } from "./tints";

/** A wall is cut this high above its floor [m]. */
const CUT_HEIGHT = 1.5;
/** One walks up to a building this near before its storeys are loaded, and this far before they go [m]. */
const ENTER = 30;
const LEAVE = 110;

export interface Floor {
  readonly building: string;
  readonly file: StoreyFile;
  readonly storey: Storey;
}

interface House {
  readonly floors: readonly Floor[];
}

export interface InteriorLook {
  readonly cut: Cut | null;
  readonly hovered: string | null;
  readonly selected: string | null;
  readonly statuses: Statuses;
  readonly marks: Statuses;
}

export class Interiors {
  readonly #loader: StoreyLoader;
  readonly #houses = new Map<string, House>();
  readonly #loading = new Map<string, Promise<void>>();
  #look: InteriorLook = { cut: null, hovered: null, selected: null, statuses: new Map(), marks: new Map() };
  #disposed = false;

  constructor(
    readonly scene: Scene,
    shading: Shading,
    readonly files: StoreyFiles,
    readonly base: string,
    /** Something was loaded or let go. */
    readonly changed: () => void,
    readonly failed: (reason: unknown) => void,
  ) {
    this.#loader = new StoreyLoader(shading);
  }

  /** Buildings shown by their storeys. */
  get opened(): ReadonlySet<string> {
    return new Set(this.#houses.keys());
  }

  /** Storeys in sight. */
  *floors(): Iterable<Floor> {
    for (const house of this.#houses.values()) for (const floor of house.floors) if (floor.storey.group.visible) yield floor;
  }

  /** The storey one stands on at a point; null outside. */
  floorAt(x: number, y: number, z: number): Floor | null {
    for (const floor of this.floors()) {
      const { base, height, bounds } = floor.file;
      if (y >= base - 0.3 && y < base + height && within(bounds, x, z, 0)) return floor;
    }
    return null;
  }

  /** Is there a basement below the open ground of this point? */
  undermined(x: number, z: number): boolean {
    for (const { file } of this.floors()) if (file.base < -0.5 && within(file.bounds, x, z, 0)) return true;
    return false;
  }

  /** Loads and shows a building's storeys; settles when they can be seen. */
  open(building: string): Promise<void> {
    const under = this.#loading.get(building);
    if (under) return under;
    const files = this.files[building];
    if (!files || this.#houses.has(building)) return Promise.resolve();
    const loading = this.#load(building, files).finally(() => this.#loading.delete(building));
    this.#loading.set(building, loading);
    return loading;
  }

  async #load(building: string, files: readonly StoreyFile[]): Promise<void> {
    try {
      const floors = await Promise.all(
        files.map(async (file) => ({ building, file, storey: await this.#loader.load(file.id, this.base + file.uri, file.base, file.height) })),
      );
      if (this.#disposed) {
        for (const { storey } of floors) disposeStorey(storey);
        return;
      }
      for (const { storey } of floors) this.scene.add(storey.group);
      this.#houses.set(building, { floors });
      this.#dress();
      this.changed();
    } catch (reason) {
      this.failed(reason);
    }
  }

  close(building: string): void {
    const house = this.#houses.get(building);
    if (!house) return;
    for (const { storey } of house.floors) disposeStorey(storey);
    this.#houses.delete(building);
    this.changed();
  }

  /** Opens what a walker comes near to, closes what is left behind. */
  approach(x: number, z: number, enterable: (building: string) => boolean): void {
    for (const [building, files] of Object.entries(this.files)) {
      const near = files.some((file) => within(file.bounds, x, z, ENTER));
      if (near && !this.#houses.has(building) && enterable(building)) void this.open(building);
      else if (!near && this.#houses.has(building) && !files.some((file) => within(file.bounds, x, z, LEAVE))) this.close(building);
    }
  }

  /** Closes all but the building that is cut. */
  closeOthers(building: string | null): void {
    for (const other of [...this.#houses.keys()]) if (other !== building) this.close(other);
  }

  dress(look: InteriorLook): void {
    this.#look = look;
    this.#dress();
  }

  #dress(): void {
    for (const [building, { floors }] of this.#houses) {
      const cut = this.#look.cut?.building === building ? floors.find(({ file }) => file.id === this.#look.cut?.storey) : undefined;
      for (const floor of floors) {
        floor.storey.group.visible = !cut || floor.file.order <= cut.file.order;
        floor.storey.cutting.uCut.value = floor === cut ? floor.file.base + CUT_HEIGHT : UNCUT;
        this.#dressFloor(floor, floor === cut);
      }
    }
  }

  #dressFloor({ file, storey }: Floor, cut: boolean): void {
    const { features } = storey;
    const { table } = features;
    for (let row = 0; row < table.count; row += 1) {
      const id = features.ids[row] ?? "";
      const part = table.number("part", row);
      const live = tintOf((this.#look.statuses.get(id) ?? this.#look.marks.get(id))?.token);
      features.setTint(row, live || (part === PARTS.floor || part === PARTS.furniture ? tintOfKind(table.number("kind", row) ?? 0) : 0));
      features.setFlag(row, FLAG_HIDDEN, cut && part === PARTS.ceiling);
      features.setFlag(row, FLAG_HOVERED, id === this.#look.hovered);
      features.setFlag(row, FLAG_SELECTED, id === this.#look.selected && id !== file.id);
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const building of [...this.#houses.keys()]) this.close(building);
  }
}

/** `bounds` are least east, least north, greatest east, greatest north; z grows to the south. */
function within(bounds: StoreyFile["bounds"], x: number, z: number, margin: number): boolean {
  return x > bounds[0] - margin && x < bounds[2] + margin && -z > bounds[1] - margin && -z < bounds[3] + margin;
}
