/** Reads the property table of a loaded glTF mesh (EXT_mesh_features, EXT_structural_metadata). */

import type { BufferGeometry, Mesh, Object3D } from "three";
import type { Table } from "./features";

/** The part of the metadata reader of 3d-tiles-renderer that is used here. */
interface Accessor {
  readonly count: number;
  readonly definition: { readonly class: string; readonly properties: Readonly<Record<string, unknown>> };
  readonly properties: Readonly<Record<string, unknown>>;
  getPropertyValue(name: string, row: number): unknown;
}

interface Metadata {
  readonly tableAccessors: readonly Accessor[];
}

class PropertyTable implements Table {
  constructor(readonly accessor: Accessor) {}

  get layer(): string {
    return this.accessor.definition.class;
  }

  get count(): number {
    return this.accessor.count;
  }

  text(property: string, row: number): string {
    const value = this.#value(property, row);
    return typeof value === "string" ? value : "";
  }

  number(property: string, row: number): number | null {
    const value = this.#value(property, row);
    return typeof value === "number" ? value : null;
  }

  #value(property: string, row: number): unknown {
    // A column that is not stored has its default for every row, which here is "nothing".
    if (!this.accessor.definition.properties[property] || !this.accessor.properties[property]) return null;
    return this.accessor.getPropertyValue(property, row);
  }
}

/** The one mesh of a loaded file with its table; null where it has none. */
export function meshWithTable(root: Object3D): { readonly mesh: Mesh<BufferGeometry>; readonly table: Table } | null {
  let found: Mesh<BufferGeometry> | null = null;
  root.traverse((object) => {
    if (!found && (object as Mesh).isMesh) found = object as Mesh<BufferGeometry>;
  });
  const mesh = found as Mesh<BufferGeometry> | null;
  if (!mesh?.geometry.getAttribute("_feature_id_0")) return null;
  const metadata = (mesh.userData.structuralMetadata ?? root.userData.structuralMetadata) as Metadata | undefined;
  const accessor = metadata?.tableAccessors[0];
  return accessor ? { mesh, table: new PropertyTable(accessor) } : null;
}
