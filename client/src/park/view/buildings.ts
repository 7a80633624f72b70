/** The buildings of all loaded tiles, and how each looks now. */

import type { Features } from "../../scene/features";
import { FLAG_HIDDEN, FLAG_HOVERED, FLAG_SELECTED } from "../../scene/shading";
import type { BuildingTile } from "../../scene/tiles";
import type { Statuses } from "../model/live";
import { risen } from "../model/phases";
import { tintOf } from "./tints";

/** Of a building that has no date. */
const ALWAYS = -(2 ** 31);

export interface Found {
  readonly features: Features;
  readonly rows: readonly number[];
}

export interface Look {
  readonly day: number;
  readonly hovered: string | null;
  readonly selected: string | null;
  readonly statuses: Statuses;
  /** Shown by their storeys instead. */
  readonly opened: ReadonlySet<string>;
}

export class Buildings {
  readonly tiles = new Set<BuildingTile>();
  /** Days of delivery by row, read once: the years are played over all of them in every frame. */
  readonly #delivered = new WeakMap<Features, readonly (number | null)[]>();

  /** Applies `look` to a tile; true where shadows change. */
  dress(tile: BuildingTile, look: Look): boolean {
    const { features } = tile;
    const delivered = this.#deliveredIn(features);
    let reshaped = false;
    for (let row = 0; row < features.table.count; row += 1) {
      const id = features.ids[row] ?? "";
      const up = risen(delivered[row] ?? null, look.day);
      const hidden = look.opened.has(id);
      if (features.risen(row) !== Math.round(up * 255) / 255 || (features.flags(row) & FLAG_HIDDEN) !== (hidden ? FLAG_HIDDEN : 0)) {
        reshaped = true;
      }
      features.setRisen(row, up);
      features.setFlag(row, FLAG_HIDDEN, hidden);
      features.setFlag(row, FLAG_HOVERED, id === look.hovered);
      features.setFlag(row, FLAG_SELECTED, id === look.selected);
      features.setTint(row, tintOf(look.statuses.get(id)?.token));
    }
    tile.ghost.visible = features.anyGhost;
    return reshaped;
  }

  #deliveredIn(features: Features): readonly (number | null)[] {
    let days = this.#delivered.get(features);
    if (!days) {
      days = Array.from(features.ids, (_, row) => {
        const day = features.table.number("delivered", row);
        return day === ALWAYS ? null : day;
      });
      this.#delivered.set(features, days);
    }
    return days;
  }

  /** Applies `look` everywhere; true where shadows change. */
  dressAll(look: Look): boolean {
    let reshaped = false;
    for (const tile of this.tiles) if (this.dress(tile, look)) reshaped = true;
    return reshaped;
  }

  find(id: string): Found | null {
    for (const { features } of this.tiles) {
      const rows = features.rows.get(id);
      if (rows) return { features, rows };
    }
    return null;
  }

  /** Does the building stand on the day its tiles show? Unknown ones do. */
  stands(id: string): boolean {
    const found = this.find(id);
    return !found || found.rows.every((row) => found.features.risen(row) === 1);
  }
}
