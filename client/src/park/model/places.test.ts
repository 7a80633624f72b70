import { expect, test } from "vitest";
import type { PlaceView, SpaceKind } from "../../wire/park";
import { bySite } from "./places";

const place = (id: string, kind: SpaceKind, parent: string | null): PlaceView => ({
  id, kind, parent, name: { zh: id, en: id }, center: null, base: null, height: null,
});
const park = place("park", "park", null);
const east = place("east", "site", "park");
const west = place("west", "site", "park");
const phase = place("phase", "phase", "east");
const tower = place("tower", "building", "phase");
const hall = place("hall", "hall", "missing");

test("places stand under their site, in the order given", () => {
  expect(bySite([park, east, west, tower, phase])).toEqual([{ site: east, places: [tower, phase] }, { site: west, places: [] }]);
});

test("a place whose parents are not listed stands under none", () => {
  expect(bySite([east, hall])).toEqual([{ site: east, places: [] }, { site: null, places: [hall] }]);
});

test("a circle of parents ends", () => {
  const a = place("a", "hall", "b");
  const b = place("b", "hall", "a");
  expect(bySite([a, b])).toEqual([{ site: null, places: [a, b] }]);
});
