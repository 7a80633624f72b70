/** Everybody who is near, drawn at once: three levels of detail, a soft shade below each, one shadow pass. */

import { type Camera, Frustum, Group, type InstancedBufferGeometry, Matrix4, Mesh, Ray, Sphere, Vector3 } from "three";
import type { Part } from "../../scene/part";
import type { Shading } from "../../scene/shading";
import { FLOATS, figure, scaleOf } from "./figure";
import type { Model } from "./file";
import { Card, STREAMS } from "./gpu";
import type { Look } from "./looks";
import { Motions, type Gait, type Gesture } from "./motions";
import { meets } from "./pick";
import { Shades } from "./shades";

export interface CrowdOptions {
  readonly model: Model;
  readonly shading: Shading;
  readonly camera: Camera;
  /** Most avatars at a time; their places are 0 … capacity − 1. */
  readonly capacity?: number;
  /** So many are drawn in full, and so many next plainly. */
  readonly near?: number;
  readonly middle?: number;
  /** Whether those near by cast shadows. */
  readonly shadows?: boolean;
  /** Who stands does not breathe: nothing is drawn anew for that. */
  readonly calm?: boolean;
}

/** Beyond this nobody is drawn [m]. */
const FAR = 900;
/** Nobody further than this is drawn in full, or plainly, however few there are [m]. */
const FULL_TO = 45;
const PLAIN_TO = 140;
const BUCKETS = 512;

/** Writes a number; true where it is another. */
function put(numbers: Float32Array, at: number, value: number): boolean {
  const before = numbers[at];
  numbers[at] = value;
  return numbers[at] !== before;
}

export class Crowd implements Part {
  readonly group = new Group();
  readonly #model: Model;
  readonly #card: Card;
  readonly #camera: Camera;
  readonly #meshes: readonly Mesh<InstancedBufferGeometry>[];
  readonly #shades: Shades;
  readonly #motions: Motions;
  readonly #place: Float32Array;
  readonly #heading: Float32Array;
  readonly #scale: Float32Array;
  readonly #present: Uint8Array;
  readonly #hidden: Uint8Array;
  /** Put elsewhere since the last update. */
  readonly #moved: Uint8Array;
  readonly #bucket: Int16Array;
  readonly #sums = new Int32Array(BUCKETS + 1);
  readonly #counts = new Int32Array(3);
  readonly #limits: readonly [number, number];
  readonly #casts: boolean;
  readonly #frustum = new Frustum();
  readonly #matrix = new Matrix4();
  readonly #ball = new Sphere(new Vector3(), 1.3);
  readonly #streams: readonly (readonly Float32Array[])[];
  readonly #calm: boolean;
  #changed = true;
  /** Somebody has moved or changed who casts a shadow, or may. */
  #stirred = false;
  #casting = 0;
  #end = 0;
  #count = 0;

  constructor(options: CrowdOptions) {
    const { model, capacity = 1024, near = 40, middle = 200 } = options;
    this.#model = model;
    this.#camera = options.camera;
    this.#limits = [near, middle];
    this.#casts = options.shadows ?? true;
    this.#calm = options.calm ?? false;
    this.#card = new Card(model, capacity, [Math.min(near, capacity), Math.min(middle, capacity), capacity]);
    this.#meshes = this.#card.levels.map((geometry, level) => {
      const mesh = new Mesh(geometry, this.#card.material(model, options.shading, level));
      mesh.frustumCulled = false;
      mesh.receiveShadow = level === 0;
      if (level === 0 && this.#casts) {
        mesh.castShadow = true;
        mesh.customDepthMaterial = this.#card.depth(model, 0);
      }
      this.group.add(mesh);
      return mesh;
    });
    this.#streams = this.#card.levels.map((geometry) => STREAMS.map((stream) => geometry.getAttribute(stream).array as Float32Array));
    this.#shades = new Shades(options.shading, capacity);
    this.group.add(this.#shades.mesh);
    this.#motions = new Motions(model, capacity, this.#calm);
    this.#place = new Float32Array(capacity * 3);
    this.#heading = new Float32Array(capacity);
    this.#scale = new Float32Array(capacity).fill(1);
    this.#present = new Uint8Array(capacity);
    this.#hidden = new Uint8Array(capacity);
    this.#moved = new Uint8Array(capacity);
    this.#bucket = new Int16Array(capacity);
  }

  /** How many are there. */
  get count(): number {
    return this.#count;
  }

  get capacity(): number {
    return this.#present.length;
  }

  /** `index` is there and looks so; whoever was there before is gone. */
  dress(index: number, look: Look): void {
    if (!this.#present[index]) {
      this.#present[index] = 1;
      this.#hidden[index] = 0;
      this.#count += 1;
      this.#end = Math.max(this.#end, index + 1);
      this.#motions.start(index);
    }
    figure(this.#model, look, this.#card.looksData, index * FLOATS);
    this.#scale[index] = scaleOf(this.#model, look);
    this.#card.looks.needsUpdate = true;
    this.#changed = true;
  }

  /** `index` stands at a point of the scene, looks `heading` degrees clockwise from north and moves so fast [m/s]. */
  place(index: number, x: number, y: number, z: number, heading: number, speed: number): void {
    let moved = put(this.#place, index * 3, x);
    moved = put(this.#place, index * 3 + 1, y) || moved;
    moved = put(this.#place, index * 3 + 2, z) || moved;
    moved = put(this.#heading, index, heading) || moved;
    this.#motions.speed[index] = speed;
    if (!moved) return;
    this.#moved[index] = 1;
    this.#changed = true;
  }

  /** How `index` moves, and what they do with their body; numbers as on the wire. */
  act(index: number, gait: Gait, gesture: Gesture): void {
    if (this.#motions.act(index, gait, gesture)) this.#changed = true;
  }

  /** Not drawn while hidden, as oneself seen with one's own eyes. */
  hide(index: number, hidden: boolean): void {
    this.#hidden[index] = hidden ? 1 : 0;
    this.#changed = true;
  }

  /** How tall `index` is [m]: names stand above that. */
  height(index: number): number {
    return 1.76 * (this.#scale[index] ?? 1) - (this.#motions.seated(index) ? 0.43 : 0);
  }

  remove(index: number): void {
    if (!this.#present[index]) return;
    this.#present[index] = 0;
    this.#count -= 1;
    while (this.#end > 0 && !this.#present[this.#end - 1]) this.#end -= 1;
    this.#changed = true;
  }

  /** Who is met first by `ray`, no further than `most` [m]; -1 for nobody. */
  pick(ray: Ray, most = Number.POSITIVE_INFINITY): number {
    let nearest = most;
    let found = -1;
    for (let index = 0; index < this.#end; index += 1) {
      if (!this.#present[index] || this.#hidden[index]) continue;
      const far = meets(
        ray.origin.x, ray.origin.y, ray.origin.z, ray.direction.x, ray.direction.y, ray.direction.z,
        this.#place[index * 3] ?? 0, this.#place[index * 3 + 1] ?? 0, this.#place[index * 3 + 2] ?? 0, this.height(index),
      );
      if (far < nearest) {
        nearest = far;
        found = index;
      }
    }
    return found;
  }

  /** Moves everybody on; true while somebody is seen to move. */
  update(seconds: number): boolean {
    this.#motions.update(seconds, this.#end, this.#present, this.#scale);
    this.#sort();
    const moving = this.#write();
    const changed = this.#changed;
    this.#changed = false;
    return moving || changed;
  }

  /** The shadows that are cast are others than before the last update. */
  get stirred(): boolean {
    return this.#stirred;
  }

  /** Puts everybody who can be seen into a bucket by their distance; -1 for the others. */
  #sort(): void {
    const camera = this.#camera;
    this.#matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    this.#frustum.setFromProjectionMatrix(this.#matrix);
    const eye = camera.matrixWorld.elements;
    this.#sums.fill(0);
    for (let index = 0; index < this.#end; index += 1) {
      this.#bucket[index] = -1;
      if (!this.#present[index] || this.#hidden[index]) continue;
      const x = this.#place[index * 3] ?? 0;
      const y = (this.#place[index * 3 + 1] ?? 0) + 0.9;
      const z = this.#place[index * 3 + 2] ?? 0;
      const far = Math.hypot(x - (eye[12] ?? 0), y - (eye[13] ?? 0), z - (eye[14] ?? 0));
      this.#ball.center.set(x, y, z);
      if (far > FAR || !this.#frustum.intersectsSphere(this.#ball)) continue;
      const bucket = Math.min(Math.floor(Math.sqrt(far / FAR) * BUCKETS), BUCKETS - 1);
      this.#bucket[index] = bucket;
      this.#sums[bucket] = (this.#sums[bucket] ?? 0) + 1;
    }
  }

  /** The first bucket that no longer fits among `most`, when `taken` go before. */
  #border(from: number, most: number, furthest: number): number {
    let sum = 0;
    const end = Math.min(Math.floor(Math.sqrt(furthest / FAR) * BUCKETS), BUCKETS);
    for (let bucket = from; bucket < end; bucket += 1) {
      sum += this.#sums[bucket] ?? 0;
      if (sum > most) return bucket;
    }
    return Math.max(end, from);
  }

  /** Fills what is drawn; true where somebody is seen to move. */
  #write(): boolean {
    const full = this.#border(0, this.#limits[0], FULL_TO);
    const plain = this.#border(full, this.#limits[1], PLAIN_TO);
    this.#counts.fill(0);
    this.#shades.clear();
    let busy = false;
    let stirred = false;
    let casting = 0;
    for (let index = 0; index < this.#end; index += 1) {
      const bucket = this.#bucket[index] ?? -1;
      if (bucket < 0) continue;
      const level = bucket < full ? 0 : bucket < plain ? 1 : 2;
      const at = this.#counts[level] ?? 0;
      this.#counts[level] = at + 1;
      const moves = this.#motions.busy(index);
      if (moves || (level < 2 && !this.#calm)) busy = true;
      if (level === 0) {
        if (moves || this.#moved[index]) stirred = true;
        casting = (Math.imul(casting, 31) + index + 1) | 0;
      }
      this.#writeOne(index, this.#streams[level] as readonly Float32Array[], at * 4);
    }
    for (let level = 0; level < 3; level += 1) {
      const geometry = this.#card.levels[level] as InstancedBufferGeometry;
      geometry.instanceCount = this.#counts[level] ?? 0;
      (this.#meshes[level] as Mesh).visible = geometry.instanceCount > 0;
      for (const stream of STREAMS) geometry.getAttribute(stream).needsUpdate = true;
    }
    this.#shades.flush();
    this.#moved.fill(0, 0, this.#end);
    this.#stirred = this.#casts && (stirred || casting !== this.#casting);
    this.#casting = casting;
    return busy;
  }

  #writeOne(index: number, streams: readonly Float32Array[], at: number): void {
    const x = this.#place[index * 3] ?? 0;
    const y = this.#place[index * 3 + 1] ?? 0;
    const z = this.#place[index * 3 + 2] ?? 0;
    const turn = ((this.#heading[index] ?? 0) * Math.PI) / 180;
    const place = streams[0] as Float32Array;
    const way = streams[1] as Float32Array;
    place[at] = x;
    place[at + 1] = y;
    place[at + 2] = z;
    place[at + 3] = this.#scale[index] ?? 1;
    way[at] = Math.sin(turn);
    way[at + 1] = -Math.cos(turn);
    way[at + 2] = index;
    this.#motions.write(index, streams[2] as Float32Array, streams[3] as Float32Array, streams[4] as Float32Array, at);
    this.#shades.add(x, y, z, this.#scale[index] ?? 1);
  }

  dispose(): void {
    for (const mesh of this.#meshes) {
      (mesh.material as { dispose(): void }).dispose();
      mesh.customDepthMaterial?.dispose();
    }
    this.#shades.dispose();
    this.#card.dispose();
    this.group.removeFromParent();
  }
}
