/** What all avatars share on the graphics card: geometry of each level, tables, materials. */

import {
  BufferAttribute, DataTexture, FloatType, InstancedBufferAttribute, InstancedBufferGeometry, type IUniform, MeshDepthMaterial,
  MeshLambertMaterial, NearestFilter, RGBADepthPacking, RGBAFormat, RGBAIntegerFormat, UnsignedIntType, Vector3, DynamicDrawUsage,
} from "three";
import { patchLambert, PLAN_GLSL, type Shading } from "../../scene/shading";
import { OUTFITS } from "./catalogue";
import { OUTFIT_TEXELS, outfitTable, TEXELS } from "./figure";
import type { Model } from "./file";
import { FRAGMENT_HEAD, VERTEX_HEAD } from "./shader";

/** Four numbers of every avatar that is drawn, five times. */
export const STREAMS = ["iPlace", "iWay", "iBase", "iMove", "iGesture"] as const;
export type Stream = (typeof STREAMS)[number];

const TABLE_WIDTH = 1024;

function floats(data: Float32Array, width: number, height: number): DataTexture {
  const texture = new DataTexture(data, width, height, RGBAFormat, FloatType);
  texture.magFilter = texture.minFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}

/** Shapes, then outfits or styles: three lengths of 16 bits and a normal of 3 × 8 bits a texel. */
function tableOf(model: Model): DataTexture {
  const { vertices, shapes, columns } = model;
  const height = Math.ceil(((shapes + columns) * vertices) / TABLE_WIDTH);
  const data = new Uint32Array(TABLE_WIDTH * height * 4);
  const normals = model.array("normals");
  const write = (from: ArrayLike<number>, column: number, to: number, normal: boolean): void => {
    for (let vertex = 0; vertex < vertices; vertex += 1) {
      const at = (to * vertices + vertex) * 4;
      const first = column * 3 * vertices + vertex;
      const n = (axis: number): number => (normal ? (normals[first + axis * vertices] ?? 0) & 255 : 0);
      data[at] = ((from[first] ?? 0) & 0xffff) | ((from[first + vertices] ?? 0) << 16);
      data[at + 1] = ((from[first + 2 * vertices] ?? 0) & 0xffff) | (n(0) << 16) | (n(1) << 24);
      data[at + 2] = n(2);
    }
  };
  for (let shape = 0; shape < shapes; shape += 1) write(model.array("shapes"), shape, shape, false);
  for (let column = 0; column < columns; column += 1) write(model.array("wear"), column, shapes + column, true);
  const texture = new DataTexture(data, TABLE_WIDTH, height, RGBAIntegerFormat, UnsignedIntType);
  texture.internalFormat = "RGBA32UI";
  texture.magFilter = texture.minFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}

/** A row a frame: three texels a bone, then for each bone whether its gesture carries it. */
function carriagesOf(model: Model): DataTexture {
  const bones = model.bones.length;
  const turns = model.array("turns");
  const shifts = model.array("shifts");
  const frames = shifts.length / (bones * 3);
  const width = bones * 4;
  const data = new Float32Array(width * frames * 4);
  for (let row = 0; row < frames * bones * 3; row += 1) {
    const frame = Math.floor(row / (bones * 3));
    const to = (frame * width + (row % (bones * 3))) * 4;
    for (let axis = 0; axis < 3; axis += 1) data[to + axis] = (turns[row * 3 + axis] ?? 0) / 32000;
    data[to + 3] = (shifts[row] ?? 0) * model.unit;
  }
  for (const clip of model.clips) {
    for (let frame = clip.first; frame < clip.first + clip.frames; frame += 1) {
      clip.bones.forEach((carried, bone) => {
        data[(frame * width + bones * 3 + bone) * 4] = carried;
      });
    }
  }
  return floats(data, width, frames);
}

export class Card {
  readonly levels: readonly InstancedBufferGeometry[];
  readonly looks: DataTexture;
  readonly looksData: Float32Array;
  readonly uniforms: Record<string, IUniform>;
  readonly #textures: DataTexture[];

  /** For at most `capacity` avatars, of whom each level draws at most so many. */
  constructor(model: Model, capacity: number, most: readonly number[]) {
    const rows = Math.max(capacity, 1);
    this.looksData = new Float32Array(TEXELS * 4 * rows);
    this.looks = floats(this.looksData, TEXELS, rows);
    this.uniforms = {
      uTable: { value: tableOf(model) },
      uCarriages: { value: carriagesOf(model) },
      uLooks: { value: this.looks },
      uOutfits: { value: floats(outfitTable(), OUTFITS.length * OUTFIT_TEXELS, 1) },
      uUnit: { value: model.unit },
      uVertices: { value: model.vertices },
      uEye: { value: new Vector3(...model.eye) },
    };
    this.#textures = Object.values(this.uniforms).flatMap(({ value }) => (value instanceof DataTexture ? [value] : []));
    const shared = sharedAttributes(model);
    this.levels = most.map((count, level) => geometryOf(model, shared, level, count));
  }

  /** How avatars of a level look. */
  material(model: Model, shading: Shading, level: number): MeshLambertMaterial {
    const material = new MeshLambertMaterial({ color: 0xffffff });
    material.defines = definesOf(model, level);
    material.onBeforeCompile = (shader) => {
      patchLambert(shader, shading, this.uniforms, {
        vertexHead: VERTEX_HEAD,
        vertexPlace: "transformed = avatarAt;",
        fragmentHead: `${PLAN_GLSL}\n${FRAGMENT_HEAD}`,
        fragment: FRAGMENT,
      });
      shader.vertexShader = shader.vertexShader.replace(
        "#include <beginnormal_vertex>",
        "vec3 avatarAt; vec3 objectNormal;\navatar(position, avatarAt, objectNormal);",
      );
      shader.fragmentShader = `#define MOUTH 0.0685\n#define NECK_PIT 1.455\n${shader.fragmentShader}`;
    };
    material.customProgramCacheKey = () => `avatar ${level}`;
    return material;
  }

  /** The same, as the sun sees them. */
  depth(model: Model, level: number): MeshDepthMaterial {
    const material = new MeshDepthMaterial({ depthPacking: RGBADepthPacking });
    material.defines = { ...material.defines, ...definesOf(model, level) };
    material.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, this.uniforms);
      shader.vertexShader = shader.vertexShader
        .replace("#include <common>", `#include <common>\n${VERTEX_HEAD}`)
        .replace("#include <begin_vertex>", "vec3 transformed; vec3 avatarNormal;\navatar(position, transformed, avatarNormal);");
    };
    material.customProgramCacheKey = () => `avatar depth ${level}`;
    return material;
  }

  dispose(): void {
    for (const texture of this.#textures) texture.dispose();
    for (const level of this.levels) level.dispose();
  }
}

function definesOf({ shapes, bones }: Model, level: number): Record<string, number> {
  const [left, right] = ["LeftLeg", "RightLeg"].map((name) => bones.indexOf(name));
  return { LEVEL: level, SHAPES: shapes, BONES: bones.length, LEFT_LEG: left ?? 0, RIGHT_LEG: right ?? 0 };
}

const FRAGMENT = /* glsl */ `
diffuseColor.rgb = avatarColor();
occlusion = mix(0.42, 1.0, vPart.z);
if (uNight > 0.12) {
  float dusk = smoothstep(0.12, 0.75, uNight);
  totalEmissiveRadiance += diffuseColor.rgb * dusk * (0.05 + vec3(0.26, 0.19, 0.12) * crowded(vWorldAt));
}
`;

interface Shared {
  readonly position: BufferAttribute;
  readonly aBones: BufferAttribute;
  readonly aShares: BufferAttribute;
  readonly aPart: BufferAttribute;
}

function sharedAttributes(model: Model): Shared {
  const count = model.vertices;
  const gather = (name: string, size: number, scale: number): Float32Array => {
    const from = model.array(name);
    const into = new Float32Array(count * size);
    for (let index = 0; index < into.length; index += 1) into[index] = (from[(index % size) * count + Math.floor(index / size)] ?? 0) * scale;
    return into;
  };
  const part = new Float32Array(count * 3);
  for (let vertex = 0; vertex < count; vertex += 1) {
    part[vertex * 3] = model.array("kinds")[vertex] ?? 0;
    part[vertex * 3 + 1] = (model.array("places")[vertex] ?? 0) / 1000;
    part[vertex * 3 + 2] = (model.array("light")[vertex] ?? 0) / 255;
  }
  return {
    position: new BufferAttribute(gather("vertices", 3, model.unit), 3),
    aBones: new BufferAttribute(gather("bones", 4, 1), 4),
    aShares: new BufferAttribute(gather("weights", 4, 1 / 255), 4),
    aPart: new BufferAttribute(part, 3),
  };
}

function geometryOf(model: Model, shared: Shared, level: number, most: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  for (const [name, attribute] of Object.entries(shared)) geometry.setAttribute(name, attribute as BufferAttribute);
  // Without any, three.js would shade flat; ours come from the table.
  geometry.setAttribute("normal", shared.position);
  geometry.setIndex(new BufferAttribute(model.array(`level${level}`) as Uint16Array, 1));
  for (const stream of STREAMS) {
    const attribute = new InstancedBufferAttribute(new Float32Array(Math.max(most, 1) * 4), 4);
    attribute.setUsage(DynamicDrawUsage);
    geometry.setAttribute(stream, attribute);
  }
  geometry.instanceCount = 0;
  return geometry;
}
