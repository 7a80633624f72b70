import { describe, expect, it } from "vitest";
import type { Clip, Model } from "./file";
import { Motions } from "./motions";

const NAMES = ["idle", "walk", "run", "sit", "wave", "clap", "point", "hand"];
const STRIDES: Readonly<Record<string, number>> = { walk: 1.4, run: 2.3 };
const clips: Clip[] = NAMES.map((name, index) => ({
  name, first: index * 10, frames: 10, seconds: 1, stride: STRIDES[name] ?? 0, bones: [1],
}));
const model = { clips } as unknown as Model;
const here = Uint8Array.of(1);
const scale = Float32Array.of(1);

function after(seconds: number, act: (motions: Motions) => void): { base: number[]; move: number[]; gesture: number[] } {
  const motions = new Motions(model, 1);
  motions.start(0);
  act(motions);
  for (let step = 0; step < seconds * 50; step += 1) motions.update(0.02, 1, here, scale);
  const base = new Float32Array(4);
  const move = new Float32Array(4);
  const gesture = new Float32Array(4);
  motions.write(0, base, move, gesture, 0);
  return { base: [...base], move: [...move], gesture: [...gesture] };
}

describe("motions", () => {
  it("stand with nothing else", () => {
    const { base, gesture } = after(1, () => undefined);
    expect([Math.floor((base[0] ?? 0) / 10), base[3], gesture[3]]).toEqual([0, 0, 0]);
  });

  it("walk in full at the speed of walking", () => {
    const { base, move } = after(3, (motions) => {
      motions.speed[0] = 1.4;
      motions.act(0, 1, 0);
    });
    expect([Math.floor((move[0] ?? 0) / 10), Math.round((base[3] ?? 0) * 100)]).toEqual([1, 100]);
  });

  it("run when fast", () => {
    const { base, move } = after(3, (motions) => {
      motions.speed[0] = 4;
      motions.act(0, 2, 0);
    });
    expect([Math.floor((base[0] ?? 0) / 10), Math.floor((move[0] ?? 0) / 10), Math.round(base[3] ?? 0)]).toEqual([1, 2, 1]);
  });

  it("wave when asked", () => {
    const { gesture } = after(2, (motions) => motions.act(0, 0, 1));
    expect([Math.floor((gesture[0] ?? 0) / 10), Math.round(gesture[3] ?? 0)]).toEqual([4, 1]);
  });

  it("stand up to walk", () => {
    const { gesture } = after(3, (motions) => {
      motions.speed[0] = 1.4;
      motions.act(0, 1, 4);
    });
    expect(gesture[3]).toBe(0);
  });
});
