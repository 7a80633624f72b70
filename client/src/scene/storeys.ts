/** Storeys of buildings as files of their own: loaded at need, walked, cut open. */

import { type BufferGeometry, Group, Mesh, type MeshDepthMaterial, type MeshLambertMaterial, type Material, Vector2 } from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { GLTFMeshFeaturesExtension, GLTFStructuralMetadataExtension } from "3d-tiles-renderer/three/plugins";
import { Features, seedOf, type Fixed, type Table } from "./features";
import { type Cutting, interiorMaterial, interiorShadow } from "./interior";
import type { Shading } from "./shading";
import { meshWithTable } from "./tables";

export interface Storey {
  readonly id: string;
  readonly group: Group;
  readonly features: Features;
  readonly cutting: Cutting;
}

/** Higher than anything: nothing is cut. */
export const UNCUT = 1e6;

export class StoreyLoader {
  readonly #loader = new GLTFLoader();

  constructor(readonly shading: Shading) {
    this.#loader.register(() => new GLTFStructuralMetadataExtension());
    this.#loader.register(() => new GLTFMeshFeaturesExtension());
  }

  /** The storey in `url`, in park metres; not yet part of any scene. */
  async load(id: string, url: string, base: number, height: number): Promise<Storey> {
    const { scene } = await this.#loader.loadAsync(url);
    const found = meshWithTable(scene);
    if (!found) throw new Error(`${url} has no features`);
    const fixed = (table: Table, row: number): Fixed => ({
      seed: seedOf(table.text("id", row)), storeyHeight: height, style: table.number("part", row) ?? 0,
    });
    const features = new Features(found.mesh, found.table, fixed);
    const cutting = { uCut: { value: UNCUT }, uStorey: { value: new Vector2(base, height) } };
    (found.mesh.material as Material).dispose();
    found.mesh.material = interiorMaterial(this.shading, features, cutting);
    found.mesh.customDepthMaterial = interiorShadow(features, cutting);
    found.mesh.castShadow = true;
    found.mesh.receiveShadow = !this.shading.plain;
    scene.updateMatrixWorld(true);
    return { id, group: scene, features, cutting };
  }
}

export function disposeStorey(storey: Storey): void {
  const mesh: Mesh<BufferGeometry> = storey.features.mesh;
  (mesh.material as MeshLambertMaterial).dispose();
  (mesh.customDepthMaterial as MeshDepthMaterial).dispose();
  storey.features.dispose();
  storey.group.removeFromParent();
}
