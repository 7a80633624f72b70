/** Walking behind somebody: which way, how fast, and when one is near enough. */

export interface Place {
  readonly east: number;
  readonly north: number;
}

export interface Pace {
  /** Clockwise from north [rad]. */
  readonly heading: number;
  readonly walk: boolean;
  readonly run: boolean;
}

/** One stops behind them, and sets out again when they are further [m]. */
const NEAR = 1.6;
const AWAY = 2.4;
const HURRY = 7;

/** How to walk from `me` towards `them`; `walking`: one is on the way already. */
export function pace(me: Place, them: Place, walking: boolean): Pace {
  const east = them.east - me.east;
  const north = them.north - me.north;
  const way = Math.hypot(east, north);
  return { heading: Math.atan2(east, north), walk: way > (walking ? NEAR : AWAY), run: way > HURRY };
}
