import { BufferGeometry, Float32BufferAttribute, Mesh, MeshBasicMaterial, Uint16BufferAttribute, Vector3 } from "three";
import { expect, test } from "vitest";
import { cast } from "./colliders";
import { Features, type Table } from "./features";
import { FLAG_HIDDEN } from "./shading";
import { Walker } from "./walker";

interface Box {
  readonly id: string;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly z: readonly [number, number];
}

/** Boxes as features of one mesh, quantized as tiles are: whole numbers under a scale. */
function world(boxes: readonly Box[]): Features {
  const scale = 0.01;
  const corners: number[] = [];
  const rows: number[] = [];
  boxes.forEach(({ x, y, z }, row) => {
    const face = (...at: readonly (readonly [number, number, number])[]): void => {
      const [a, b, c, d] = at;
      for (const corner of [a, b, c, a, c, d]) {
        corners.push(...(corner ?? [0, 0, 0]).map((value) => Math.round(value / scale)));
        rows.push(row);
      }
    };
    face([x[0], y[1], z[0]], [x[0], y[1], z[1]], [x[1], y[1], z[1]], [x[1], y[1], z[0]]);
    face([x[0], y[0], z[0]], [x[1], y[0], z[0]], [x[1], y[0], z[1]], [x[0], y[0], z[1]]);
    face([x[0], y[0], z[0]], [x[0], y[1], z[0]], [x[1], y[1], z[0]], [x[1], y[0], z[0]]);
    face([x[0], y[0], z[1]], [x[1], y[0], z[1]], [x[1], y[1], z[1]], [x[0], y[1], z[1]]);
    face([x[0], y[0], z[0]], [x[0], y[0], z[1]], [x[0], y[1], z[1]], [x[0], y[1], z[0]]);
    face([x[1], y[0], z[0]], [x[1], y[1], z[0]], [x[1], y[1], z[1]], [x[1], y[0], z[1]]);
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(corners, 3));
  geometry.setAttribute("_feature_id_0", new Uint16BufferAttribute(rows, 1));
  const mesh = new Mesh(geometry, new MeshBasicMaterial());
  mesh.scale.setScalar(scale);
  mesh.updateMatrixWorld();
  const table: Table = {
    layer: "building", count: boxes.length, text: (_, row) => boxes[row]?.id ?? "", number: () => null,
  };
  return new Features(mesh, table, () => ({ seed: 0, storeyHeight: 3, style: 0 }));
}

/** Walks `ahead` for `seconds` from (0, 0), looking north, in frames as long as `frame`. */
function walked(features: Features, seconds: number, frame: number, run = false): Vector3 {
  const walker = new Walker({ solids: () => [features], floor: () => 0 });
  walker.put(0, 0, 0, 0);
  for (let time = 0; time < seconds; time += frame) walker.update({ ahead: 1, aside: 0, run }, frame);
  return walker.feet;
}

const wall: Box = { id: "wall", x: [-20, 20], y: [0, 4], z: [-5.15, -5] };

test("a wall stops a walker, and a runner on a machine of three frames a second", () => {
  const features = world([wall]);
  for (const feet of [walked(features, 6, 0.016), walked(features, 6, 0.3, true)]) {
    expect([feet.x, feet.y, feet.z]).toEqual([expect.closeTo(0, 3), 0, expect.closeTo(-4.72, 1)]);
  }
});

test("what is hidden or not delivered stops nobody", () => {
  const hidden = world([wall]);
  hidden.setFlag(0, FLAG_HIDDEN, true);
  const ghost = world([wall]);
  ghost.setRisen(0, 0);
  expect([walked(hidden, 6, 0.05).z < -8, walked(ghost, 6, 0.05).z < -8]).toEqual([true, true]);
});

test("one walks through a door of 1.2 m", () => {
  const features = world([{ ...wall, x: [-20, -0.6] }, { ...wall, x: [0.6, 20] }, { ...wall, x: [-0.6, 0.6], y: [2.2, 4] }]);
  expect(walked(features, 6, 0.05).z).toBeLessThan(-8);
});

test("one climbs stairs, and stands at their head", () => {
  const stairs = Array.from({ length: 20 }, (_, step): Box => ({
    id: `step${step}`, x: [-1, 1], y: [0, 0.17 * (step + 1)], z: [-2 - 0.28 * (step + 1), -2 - 0.28 * step],
  }));
  const landing: Box = { id: "landing", x: [-3, 3], y: [3, 3.4], z: [-30, -7.6] };
  const feet = walked(world([...stairs, landing]), 6, 0.033);
  expect([feet.y, feet.z < -9]).toEqual([expect.closeTo(3.4, 2), true]);
});

test("a box as high as a seat is a barrier, a kerb is not", () => {
  const seat: Box = { id: "seat", x: [-2, 2], y: [0, 0.6], z: [-4, -3] };
  expect([walked(world([seat]), 5, 0.05).z > -3, walked(world([{ ...seat, y: [0, 0.15] }]), 5, 0.05).z < -6]).toEqual([true, true]);
});

test("one falls off an edge to the ground, not further", () => {
  const walker = new Walker({ solids: () => [world([{ id: "roof", x: [-2, 2], y: [0, 3], z: [-2, 2] }])], floor: () => 0 });
  walker.put(0, 3.2, 0, 0);
  expect(walker.feet.y).toBeCloseTo(3, 5);
  for (let frame = 0; frame < 120; frame += 1) walker.update({ ahead: 1, aside: 0, run: false }, 0.033);
  expect([walker.feet.y, walker.feet.z < -2]).toEqual([0, true]);
});

test("a slanted way slides along a wall", () => {
  const walker = new Walker({ solids: () => [world([wall])], floor: () => 0 });
  walker.put(0, 0, -4, 0.7);
  for (let frame = 0; frame < 90; frame += 1) walker.update({ ahead: 1, aside: 0, run: false }, 0.033);
  expect([walker.feet.x > 3, walker.feet.z > -5]).toEqual([true, true]);
});

test("a ray names the nearest feature that is there", () => {
  const features = world([wall, { ...wall, id: "second", z: [-8.15, -8] }]);
  const ahead = (): string | undefined => {
    const hit = cast([features], new Vector3(0, 1, 0), new Vector3(0, 0, -1), 50, (each, row) => each.seen(row));
    return hit ? features.ids[hit.row] : undefined;
  };
  const first = ahead();
  features.setFlag(0, FLAG_HIDDEN, true);
  expect([first, ahead()]).toEqual(["wall", "second"]);
});

test("a feature knows its middle and its reach", () => {
  const features = world([wall]);
  const middle = features.center(0, new Vector3());
  expect([middle?.toArray(), features.reach(0)]).toEqual([[expect.closeTo(0, 5), expect.closeTo(2, 5), expect.closeTo(-5.075, 2)], expect.closeTo(20, 1)]);
});

test("who is pushed wants another frame, even where no time has passed since the last", () => {
  const walker = new Walker({ solids: () => [], floor: () => 0 });
  walker.put(0, 0, 0, 0);

  expect(walker.update({ ahead: 1, aside: 0, run: false }, 0)).toBe(true);
  expect(walker.feet.z).toBe(0);
  expect(walker.update({ ahead: 1, aside: 0, run: false }, 0.1)).toBe(true);
  expect(walker.feet.z).toBeLessThan(0);
});
