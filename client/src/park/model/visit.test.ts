import { expect, test } from "vitest";
import type { SceneManifest, SpaceStep, SpaceView, StoreyFile, StoreyFiles } from "../../wire/park";
import { beside, openingMinute, storeyBeside } from "./visit";

const nothing = { zh: "", en: "" };
const step = (id: string, kind: SpaceStep["kind"]): SpaceStep => ({ id, kind, name: nothing });
const file: StoreyFile = { id: "s2", name: nothing, order: 1, base: 6, height: 6, uri: "", center: [0, 0], bounds: [-50, -30, 50, 30] };
const storeys: StoreyFiles = { b: [file] };
const manifest = { entrance: { east: 1, north: 2, heading: 90 } } as SceneManifest;
const space = (id: string, kind: SpaceStep["kind"], path: readonly SpaceStep[], center: SpaceView["center"], base: number | null): SpaceView => ({
  ...step(id, kind), parent: null, park: "p", about: nothing, order: 0, area: null, capacity: null, delivered: null, status: "open",
  link: null, base, height: 3, center, path, children: [], live: null, version: 1,
});
const hall = space("hall", "hall", [step("p", "park"), step("b", "building"), step("s2", "storey")], [10, 20], 6);

test("a room is seen on its storey, and so is the storey itself", () => {
  expect([storeyBeside(hall, storeys), storeyBeside(space("s2", "storey", [step("b", "building")], null, 6), storeys)]).toEqual([
    { building: "b", storey: "s2" }, { building: "b", storey: "s2" },
  ]);
});

test("a building, or a room whose storey has no file, is seen from outside", () => {
  expect([storeyBeside(space("b", "building", [], null, 0), storeys), storeyBeside(hall, {})]).toEqual([null, null]);
});

test("one stands in a room on its floor", () => {
  expect(beside(hall, storeys, manifest)).toEqual({ east: 10, north: 20, heading: 90, height: 6 });
});

test("one stands before a building and looks at it", () => {
  expect(beside(space("b", "building", [], [10, 20], 0), storeys, manifest)).toEqual({ east: 10, north: -42, heading: 0, height: null });
});

test("where a space has no place one stands at the entrance", () => {
  expect(beside(space("x", "hall", [], null, null), storeys, manifest)).toEqual({ east: 1, north: 2, heading: 90, height: null });
});

test("a visit opens at the hour it is, and in the morning where that is dark", () => {
  expect([600, 100, 1300].map(openingMinute)).toEqual([600, 640, 640]);
});
