/** The park's tileset: buildings and scenery streamed by what the eye can see of them. */

import {
  type BufferGeometry, type Camera, Group, Matrix4, Mesh, type MeshDepthMaterial, type MeshLambertMaterial, type Object3D,
  type Material, type PerspectiveCamera, type WebGLRenderer,
} from "three";
import { TilesRenderer } from "3d-tiles-renderer/three";
import { GLTFExtensionsPlugin } from "3d-tiles-renderer/three/plugins";
import { Features, seedOf, type Fixed, type Table } from "./features";
import { facadeMaterial, ghostMaterial, shadowMaterial, styleOf } from "./facade";
import { Covers } from "./ground";
import type { Part } from "./part";
import type { Shading } from "./shading";
import { meshWithTable } from "./tables";

/** A loaded tile of buildings. */
export interface BuildingTile {
  readonly features: Features;
  readonly ghost: Mesh<BufferGeometry>;
}

export interface TilesListener {
  /** A tile of buildings was loaded: say what its features look like now. */
  loaded(tile: BuildingTile): void;
  /** Something that is drawn has changed. */
  changed(): void;
  failed(url: string): void;
}

function fixedOf(table: Table, row: number): Fixed {
  const seed = seedOf(table.text("id", row));
  const height = table.number("height", row) ?? 10;
  const storeys = table.number("storeys", row) ?? 0;
  const storeyHeight = storeys > 0 ? Math.min(Math.max(height / storeys, 2.8), 6) : 3.6;
  return { seed, storeyHeight, style: styleOf(height, seed) };
}

export class Tiles implements Part {
  readonly group = new Group();
  readonly buildings = new Map<Object3D, BuildingTile>();
  readonly scenery = new Map<Object3D, Group>();
  readonly #renderer: TilesRenderer;
  readonly #covers: Covers;
  #placed = false;
  #settled = false;

  constructor(
    url: string,
    readonly shading: Shading,
    readonly listener: TilesListener,
    readonly glass: boolean,
  ) {
    this.#covers = new Covers(shading);
    const tiles = new TilesRenderer(url);
    this.#renderer = tiles;
    tiles.registerPlugin(new GLTFExtensionsPlugin({ metadata: true, rtc: false, autoDispose: false }));
    tiles.lruCache.minSize = 2000;
    tiles.lruCache.maxSize = 4000;
    tiles.addEventListener("load-root-tileset", () => listener.changed());
    tiles.addEventListener("needs-update", () => listener.changed());
    tiles.addEventListener("load-model", ({ scene }: { scene: Object3D }) => this.#made(scene));
    tiles.addEventListener("dispose-model", ({ scene }: { scene: Object3D }) => this.#gone(scene));
    tiles.addEventListener("tile-visibility-change", () => listener.changed());
    tiles.addEventListener("tiles-load-end", () => {
      this.#settled = true;
      listener.changed();
    });
    tiles.addEventListener("tiles-load-start", () => {
      this.#settled = false;
    });
    tiles.addEventListener("load-error", ({ url: broken }: { url: string | URL }) => {
      this.#settled = true;
      listener.failed(String(broken));
    });
    this.group.add(tiles.group);
  }

  setErrorTarget(pixels: number): void {
    this.#renderer.errorTarget = pixels;
  }

  /** Follows a camera. */
  watch(camera: Camera, renderer: WebGLRenderer): void {
    this.#renderer.setCamera(camera);
    this.#renderer.setResolutionFromRenderer(camera, renderer);
  }

  resize(camera: PerspectiveCamera, renderer: WebGLRenderer): void {
    this.#renderer.setResolutionFromRenderer(camera, renderer);
  }

  /** 0 to 1. */
  get progress(): number {
    return this.#renderer.rootTileset ? this.#renderer.loadProgress : 0;
  }

  /** Everything the eye can see has been loaded, or could not be. */
  get settled(): boolean {
    return this.#settled && this.#renderer.loadProgress === 1;
  }

  update(): boolean {
    this.#place();
    this.#renderer.update();
    return false;
  }

  /** Turns the tileset, which hangs on the globe, into the park's own plane. */
  #place(): void {
    const root = this.#renderer.root as { readonly transform?: readonly number[] } | null;
    if (this.#placed || !root) return;
    this.#placed = true;
    // Park metres are z up inside the tileset; here y is up and south is z.
    const matrix = new Matrix4().makeRotationX(-Math.PI / 2);
    if (root.transform) matrix.multiply(new Matrix4().fromArray([...root.transform]).invert());
    const group = this.#renderer.group;
    matrix.decompose(group.position, group.quaternion, group.scale);
    group.scale.set(1, 1, 1);
    group.updateMatrixWorld(true);
  }

  #made(scene: Object3D): void {
    const found = meshWithTable(scene);
    if (!found) return;
    if (found.table.layer === "scenery") this.#addScenery(scene, found.mesh, found.table);
    else this.#addBuildings(scene, found.mesh, found.table);
    this.listener.changed();
  }

  #addBuildings(scene: Object3D, mesh: Mesh<BufferGeometry>, table: Table): void {
    const features = new Features(mesh, table, fixedOf);
    (mesh.material as Material).dispose();
    mesh.material = facadeMaterial(this.shading, features, this.glass);
    mesh.customDepthMaterial = shadowMaterial(features);
    mesh.castShadow = mesh.receiveShadow = true;
    const ghost = new Mesh(mesh.geometry, ghostMaterial(this.shading, features));
    ghost.renderOrder = 20;
    ghost.visible = false;
    mesh.add(ghost);
    const tile = { features, ghost };
    this.buildings.set(scene, tile);
    this.listener.loaded(tile);
  }

  #addScenery(scene: Object3D, mesh: Mesh<BufferGeometry>, table: Table): void {
    const layers = this.#covers.layers(mesh, table);
    mesh.parent?.add(layers);
    layers.position.copy(mesh.position);
    layers.quaternion.copy(mesh.quaternion);
    layers.scale.copy(mesh.scale);
    mesh.visible = false;
    this.scenery.set(scene, layers);
  }

  #gone(scene: Object3D): void {
    const tile = this.buildings.get(scene);
    if (tile) {
      (tile.features.mesh.material as MeshLambertMaterial).dispose();
      (tile.features.mesh.customDepthMaterial as MeshDepthMaterial).dispose();
      (tile.ghost.material as Material).dispose();
      tile.features.dispose();
      this.buildings.delete(scene);
    }
    const layers = this.scenery.get(scene);
    if (layers) {
      layers.traverse((object) => (object as Mesh).isMesh && (object as Mesh<BufferGeometry>).geometry.dispose());
      this.scenery.delete(scene);
    }
    this.listener.changed();
  }

  dispose(): void {
    this.#renderer.dispose();
    this.#covers.dispose();
    this.group.removeFromParent();
  }
}
