/** The colours of sky and light by the sun's elevation: numbers only. */

export type Rgb = readonly [number, number, number];

/** Colours are sRGB 0–1; strengths are three.js intensities. */
export interface Atmosphere {
  readonly zenith: Rgb;
  readonly horizon: Rgb;
  readonly glow: Rgb;
  readonly sun: Rgb;
  readonly sunStrength: number;
  readonly sky: Rgb;
  readonly ground: Rgb;
  readonly skyStrength: number;
  /** 0 by day, 1 at night. */
  readonly night: number;
}

function rgb(hex: number): Rgb {
  return [((hex >> 16) & 255) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

interface Stop extends Atmosphere {
  readonly elevation: number;
}

const STOPS: readonly Stop[] = [
  {
    elevation: -18, zenith: rgb(0x0a0f1d), horizon: rgb(0x1a2333), glow: rgb(0x000000), sun: rgb(0x9db4e0),
    sunStrength: 0.36, sky: rgb(0x43547c), ground: rgb(0x2b2a31), skyStrength: 0.68, night: 1,
  },
  {
    elevation: -9, zenith: rgb(0x101a33), horizon: rgb(0x2f3a55), glow: rgb(0x1c1420), sun: rgb(0x9db4e0),
    sunStrength: 0.3, sky: rgb(0x4b5e88), ground: rgb(0x35343c), skyStrength: 0.82, night: 1,
  },
  {
    elevation: -4, zenith: rgb(0x2a3c63), horizon: rgb(0xa98288), glow: rgb(0xa0563c), sun: rgb(0xff9a66),
    sunStrength: 0, sky: rgb(0x7181a8), ground: rgb(0x665b5c), skyStrength: 1.15, night: 0.72,
  },
  {
    elevation: 0, zenith: rgb(0x5273a3), horizon: rgb(0xe8b795), glow: rgb(0xe07f42), sun: rgb(0xff9857),
    sunStrength: 0.9, sky: rgb(0xb4bbd2), ground: rgb(0xc2a692), skyStrength: 2.15, night: 0.34,
  },
  {
    elevation: 5, zenith: rgb(0x6d92c0), horizon: rgb(0xf2d3ae), glow: rgb(0xf0a35c), sun: rgb(0xffb370),
    sunStrength: 2.9, sky: rgb(0xc6cbdc), ground: rgb(0xd6bda4), skyStrength: 2.5, night: 0.05,
  },
  {
    elevation: 14, zenith: rgb(0x7fa6cf), horizon: rgb(0xeee3d2), glow: rgb(0xf2cb96), sun: rgb(0xffd9ae),
    sunStrength: 3.1, sky: rgb(0xc6d4e6), ground: rgb(0xe4d6c4), skyStrength: 2.25, night: 0,
  },
  {
    elevation: 35, zenith: rgb(0x7fabd8), horizon: rgb(0xe9eef0), glow: rgb(0xf5ecd9), sun: rgb(0xfff0dc),
    sunStrength: 2.8, sky: rgb(0xd3deea), ground: rgb(0xebe3d8), skyStrength: 2.15, night: 0,
  },
  {
    elevation: 90, zenith: rgb(0x7ba9d8), horizon: rgb(0xe8edee), glow: rgb(0xf7f1e4), sun: rgb(0xfff5e8),
    sunStrength: 2.7, sky: rgb(0xd8e2ed), ground: rgb(0xebe4da), skyStrength: 2.1, night: 0,
  },
];

function mixRgb(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** Sky and light with the sun `elevation` degrees above the horizon. */
export function atmosphereAt(elevation: number): Atmosphere {
  const above = STOPS.findIndex((stop) => stop.elevation >= elevation);
  const to = STOPS[above === -1 ? STOPS.length - 1 : above] as Stop;
  const from = STOPS[Math.max((above === -1 ? STOPS.length : above) - 1, 0)] as Stop;
  const span = to.elevation - from.elevation;
  const t = span === 0 ? 0 : (Math.min(elevation, to.elevation) - from.elevation) / span;
  return {
    zenith: mixRgb(from.zenith, to.zenith, t),
    horizon: mixRgb(from.horizon, to.horizon, t),
    glow: mixRgb(from.glow, to.glow, t),
    sun: mixRgb(from.sun, to.sun, t),
    sunStrength: mix(from.sunStrength, to.sunStrength, t),
    sky: mixRgb(from.sky, to.sky, t),
    ground: mixRgb(from.ground, to.ground, t),
    skyStrength: mix(from.skyStrength, to.skyStrength, t),
    night: mix(from.night, to.night, t),
  };
}

/** Below this elevation the moon gives the shadows [°]. */
export const MOON_RISES = -4;
export const MOON = { azimuth: 138, elevation: 42 } as const;

/** The share of windows that are lit at a minute of the day: evening high, small hours low. */
export function litShare(minute: number): number {
  const hours: readonly (readonly [number, number])[] = [
    [0, 0.16], [2, 0.07], [5, 0.05], [6.5, 0.16], [8, 0.3], [16, 0.34], [18, 0.46], [20.5, 0.36], [22.5, 0.24], [24, 0.16],
  ];
  const hour = minute / 60;
  for (let index = 1; index < hours.length; index += 1) {
    const from = hours[index - 1] as readonly [number, number];
    const to = hours[index] as readonly [number, number];
    if (hour <= to[0]) return mix(from[1], to[1], (hour - from[0]) / (to[0] - from[0]));
  }
  return 0.16;
}
