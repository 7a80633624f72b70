import { InstancedBufferGeometry, type Mesh, PerspectiveCamera } from "three";
import { describe, expect, it } from "vitest";
import { Shading } from "../../scene/shading";
import { Crowd, type CrowdOptions } from "./crowd";
import type { Clip, Model } from "./file";
import { DEFAULT } from "./looks";

const NAMES = ["idle", "walk", "run", "sit", "wave", "clap", "point", "hand"];
const clips: Clip[] = NAMES.map((name, index) => ({ name, first: index, frames: 1, seconds: 1, stride: 1.4, bones: [1] }));
const numbers = new Int16Array(4096);
const model = {
  clips, unit: 0.001, vertices: 1, shapes: 6, columns: 16, bones: ["hips"], mixes: [], statures: [], eye: [0, 1.6, 0],
  array: () => numbers,
} as unknown as Model;

/** Three who are there, seen from the south: one near, one plainly, one far away. */
function three(options: Partial<CrowdOptions> = {}): Crowd {
  const camera = new PerspectiveCamera(50, 1, 0.1, 2000);
  camera.position.set(0, 2, 0);
  camera.updateMatrixWorld();
  const crowd = new Crowd({ model, shading: new Shading(true), camera, capacity: 8, calm: true, ...options });
  [10, 90, 400].forEach((far, index) => {
    crowd.dress(index, DEFAULT);
    crowd.place(index, index, 0, -far, 0, 0);
  });
  crowd.update(0.1);
  return crowd;
}

/** Where bodies are drawn, and where shades: east and south of each. */
function drawn(crowd: Crowd): { readonly bodies: readonly string[]; readonly shades: readonly string[] } {
  const spots = (name: string): string[] => crowd.group.children.flatMap((child) => {
    const mesh = child as Mesh<InstancedBufferGeometry>;
    const attribute = mesh.geometry.getAttribute(name);
    if (!mesh.visible || !attribute) return [];
    return Array.from({ length: mesh.geometry.instanceCount }, (_, at) => `${attribute.getX(at)} ${attribute.getZ(at)}`);
  });
  return { bodies: spots("iPlace"), shades: spots("iShade") };
}

const settle = (crowd: Crowd): void => {
  for (let step = 0; step < 100; step += 1) crowd.update(0.1);
};

describe("a crowd", () => {
  it("has a shade below everybody who is drawn", () => {
    const spots = ["0 -10", "1 -90", "2 -400"];
    expect(drawn(three())).toEqual({ bodies: spots, shades: spots });
  });

  it("leaves neither body nor shade of who goes, even of the last", () => {
    const crowd = three();
    for (const index of [0, 1, 2]) crowd.remove(index);
    crowd.update(0.1);
    expect(drawn(crowd)).toEqual({ bodies: [], shades: [] });
  });

  it("draws neither body nor shade of who is hidden", () => {
    const crowd = three();
    crowd.hide(1, true);
    crowd.update(0.1);
    expect(drawn(crowd)).toEqual({ bodies: ["0 -10", "2 -400"], shades: ["0 -10", "2 -400"] });
  });

  it("takes the shade along with the body", () => {
    const crowd = three();
    crowd.place(0, 3, 0, -12, 0, 1.4);
    crowd.update(0.1);
    expect(drawn(crowd)).toEqual({ bodies: ["3 -12", "1 -90", "2 -400"], shades: ["3 -12", "1 -90", "2 -400"] });
  });

  it("has its shadows cast anew for each step of those near by, and for no other", () => {
    const crowd = three();
    const after = (change: () => void): boolean => {
      settle(crowd);
      change();
      crowd.update(0.1);
      return crowd.stirred;
    };
    expect([
      after(() => undefined),
      after(() => crowd.place(0, 0, 0, -11, 0, 0)),
      after(() => crowd.place(1, 1, 0, -91, 0, 0)),
      after(() => crowd.act(0, 0, 1)),
      after(() => crowd.remove(0)),
    ]).toEqual([false, true, false, true, true]);
  });

  it("without shadows has none to cast", () => {
    const crowd = three({ shadows: false });
    crowd.place(0, 0, 0, -11, 0, 0);
    crowd.update(0.1);
    expect(crowd.stirred).toBe(false);
  });

  it("that is calm rests when nobody moves", () => {
    const crowd = three();
    settle(crowd);
    expect(crowd.update(0.1)).toBe(false);
  });

  it("that is calm moves on while somebody waves, far away as well", () => {
    const crowd = three();
    settle(crowd);
    crowd.act(2, 0, 1);
    crowd.update(0.1);
    expect(crowd.update(0.1)).toBe(true);
  });

  it("breathes near by", () => {
    const crowd = three({ calm: false });
    settle(crowd);
    expect(crowd.update(0.1)).toBe(true);
  });

  it("is not seen to breathe from far away", () => {
    const crowd = three({ calm: false });
    crowd.remove(0);
    crowd.remove(1);
    settle(crowd);
    expect(crowd.update(0.1)).toBe(false);
  });
});
