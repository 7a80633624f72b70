/** A mesh whose triangles belong to features with ids; what each feature looks like now is one small texture. */

import {
  type BufferAttribute, type BufferGeometry, DataTexture, type InterleavedBufferAttribute, type Mesh, NearestFilter,
  RGBAFormat, Triangle, UnsignedByteType, Vector3,
} from "three";
import { MeshBVH } from "three-mesh-bvh";
import { FLAG_HIDDEN } from "./shading";

/** Features a row of the texture holds. */
const ACROSS = 64;

/** What stays of a feature: numbers the shader reads. */
export interface Fixed {
  readonly seed: number;
  /** [m] */
  readonly storeyHeight: number;
  readonly style: number;
}

/** The rows of a property table, read once. */
export interface Table {
  readonly layer: string;
  readonly count: number;
  text(property: string, row: number): string;
  number(property: string, row: number): number | null;
}

export class Features {
  readonly texture: DataTexture;
  readonly ids: readonly string[];
  /** Rows of each id: a space has one for each of its parts. */
  readonly rows = new Map<string, number[]>();
  readonly #data: Uint8Array;
  #tree: MeshBVH | null = null;
  #centers: Float32Array | null = null;
  #anchors: Float32Array | null = null;

  constructor(
    readonly mesh: Mesh<BufferGeometry>,
    readonly table: Table,
    fixed: (table: Table, row: number) => Fixed,
  ) {
    const height = Math.max(Math.ceil(table.count / ACROSS), 1);
    this.#data = new Uint8Array(ACROSS * 2 * height * 4);
    this.texture = new DataTexture(this.#data, ACROSS * 2, height, RGBAFormat, UnsignedByteType);
    this.texture.magFilter = this.texture.minFilter = NearestFilter;
    const ids: string[] = [];
    for (let row = 0; row < table.count; row += 1) {
      const id = table.text("id", row);
      ids.push(id);
      const rows = this.rows.get(id);
      if (rows) rows.push(row);
      else this.rows.set(id, [row]);
      const { seed, storeyHeight, style } = fixed(table, row);
      const at = this.#at(row);
      this.#data[at + 2] = 255;
      this.#data[at + 4] = seed;
      this.#data[at + 5] = Math.min(Math.round(storeyHeight * 20), 255);
      this.#data[at + 6] = style;
    }
    this.ids = ids;
    this.texture.needsUpdate = true;
  }

  #at(row: number): number {
    return ((row >> 6) * ACROSS * 2 + (row & 63) * 2) * 4;
  }

  #put(row: number, channel: number, value: number): void {
    const at = this.#at(row) + channel;
    if (this.#data[at] === value) return;
    this.#data[at] = value;
    this.texture.needsUpdate = true;
  }

  flags(row: number): number {
    return this.#data[this.#at(row)] ?? 0;
  }

  setFlag(row: number, flag: number, on: boolean): void {
    const flags = this.flags(row);
    this.#put(row, 0, on ? flags | flag : flags & ~flag);
  }

  setTint(row: number, tint: number): void {
    this.#put(row, 1, tint);
  }

  /** 0 is a ghost, 1 stands. */
  setRisen(row: number, risen: number): void {
    this.#put(row, 2, Math.round(risen * 255));
  }

  risen(row: number): number {
    return (this.#data[this.#at(row) + 2] ?? 255) / 255;
  }

  get anyGhost(): boolean {
    for (let row = 0; row < this.table.count; row += 1) {
      if (this.risen(row) < 1 && (this.flags(row) & FLAG_HIDDEN) === 0) return true;
    }
    return false;
  }

  /** Something one can bump into, or point at. */
  solid(row: number): boolean {
    return (this.flags(row) & FLAG_HIDDEN) === 0 && this.risen(row) >= 0.5;
  }

  seen(row: number): boolean {
    return (this.flags(row) & FLAG_HIDDEN) === 0;
  }

  /** The feature a triangle belongs to. */
  rowOf(triangle: number): number {
    const index = this.mesh.geometry.index;
    const vertex = index ? index.getX(triangle * 3) : triangle * 3;
    return this.mesh.geometry.getAttribute("_feature_id_0").getX(vertex);
  }

  /** The search tree over the mesh's own coordinates, made at first need. */
  get tree(): MeshBVH {
    this.#tree ??= new MeshBVH(this.mesh.geometry, { targetLeafSize: 12 });
    return this.#tree;
  }

  /** Middle of a feature's box in the world; null where it has no triangle. */
  center(row: number, into: Vector3): Vector3 | null {
    this.#centers ??= boxes(this.mesh.geometry, this.table.count);
    const at = row * 6;
    const boxed = this.#centers;
    if ((boxed[at] ?? Infinity) > (boxed[at + 3] ?? -Infinity)) return null;
    into.set(
      ((boxed[at] ?? 0) + (boxed[at + 3] ?? 0)) / 2,
      ((boxed[at + 1] ?? 0) + (boxed[at + 4] ?? 0)) / 2,
      ((boxed[at + 2] ?? 0) + (boxed[at + 5] ?? 0)) / 2,
    );
    return into.applyMatrix4(this.mesh.matrixWorld);
  }

  /** Middle of a feature's largest triangle in the world: a point that surely lies on it. */
  anchor(row: number, into: Vector3): Vector3 | null {
    this.#anchors ??= anchors(this.mesh.geometry, this.table.count);
    const at = row * 4;
    if (!this.#anchors[at + 3]) return null;
    return into.fromArray(this.#anchors, at).applyMatrix4(this.mesh.matrixWorld);
  }

  /** How far a feature reaches from its middle, level with the ground [m]. */
  reach(row: number): number {
    this.#centers ??= boxes(this.mesh.geometry, this.table.count);
    const at = row * 6;
    const scale = this.mesh.matrixWorld.getMaxScaleOnAxis();
    const wide = Math.hypot((this.#centers[at + 3] ?? 0) - (this.#centers[at] ?? 0), (this.#centers[at + 5] ?? 0) - (this.#centers[at + 2] ?? 0));
    return Number.isFinite(wide) ? (wide * scale) / 2 : 0;
  }

  dispose(): void {
    this.texture.dispose();
    this.mesh.geometry.dispose();
  }
}

type Attribute = BufferAttribute | InterleavedBufferAttribute;

/** Least and greatest corner of each feature, in the mesh's own coordinates. */
function boxes(geometry: BufferGeometry, count: number): Float32Array {
  const boxed = new Float32Array(count * 6);
  for (let at = 0; at < boxed.length; at += 1) boxed[at] = at % 6 < 3 ? Infinity : -Infinity;
  const position = geometry.getAttribute("position") as Attribute;
  const feature = geometry.getAttribute("_feature_id_0") as Attribute;
  for (let vertex = 0; vertex < position.count; vertex += 1) {
    const at = feature.getX(vertex) * 6;
    for (let axis = 0; axis < 3; axis += 1) {
      const value = position.getComponent(vertex, axis);
      boxed[at + axis] = Math.min(boxed[at + axis] ?? value, value);
      boxed[at + 3 + axis] = Math.max(boxed[at + 3 + axis] ?? value, value);
    }
  }
  return boxed;
}

/** Of each feature: middle and area of its largest triangle, in the mesh's own coordinates. */
function anchors(geometry: BufferGeometry, count: number): Float32Array {
  const found = new Float32Array(count * 4);
  const position = geometry.getAttribute("position") as Attribute;
  const feature = geometry.getAttribute("_feature_id_0") as Attribute;
  const index = geometry.index;
  const corners = index ? index.count : position.count;
  const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()];
  const triangle = new Triangle(a, b, c);
  for (let corner = 0; corner + 2 < corners; corner += 3) {
    const first = index ? index.getX(corner) : corner;
    a.fromBufferAttribute(position, first);
    b.fromBufferAttribute(position, index ? index.getX(corner + 1) : corner + 1);
    c.fromBufferAttribute(position, index ? index.getX(corner + 2) : corner + 2);
    const at = feature.getX(first) * 4;
    const area = triangle.getArea();
    if (area <= (found[at + 3] ?? 0)) continue;
    a.add(b).add(c).divideScalar(3).toArray(found, at);
    found[at + 3] = area;
  }
  return found;
}

/** A number from 0 to 255 that stays with an id. */
export function seedOf(id: string): number {
  let hash = 2166136261;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619);
  return ((hash >>> 8) ^ (hash >>> 20)) & 255;
}
