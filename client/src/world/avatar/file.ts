/** Reads the file of avatars: a deflated description with arrays of small whole numbers. */

export interface Clip {
  readonly name: string;
  readonly first: number;
  readonly frames: number;
  /** How long one round takes where nothing else decides [s]. */
  readonly seconds: number;
  /** How far one round carries [m]; 0 on the spot. */
  readonly stride: number;
  /** 1 for each bone that a gesture carries. */
  readonly bones: readonly number[];
}

interface Description {
  readonly version: number;
  /** Lengths are counted in these [m]. */
  readonly unit: number;
  readonly vertices: number;
  readonly shapes: number;
  readonly columns: number;
  readonly bones: readonly string[];
  readonly clips: readonly Clip[];
  readonly corners: { readonly sexes: number; readonly ages: number; readonly weights: number };
  readonly mixes: readonly (readonly number[])[];
  readonly statures: readonly number[];
  readonly eye: readonly [number, number, number];
  readonly arrays: readonly { readonly name: string; readonly type: string; readonly length: number }[];
}

type Numbers = Int16Array | Uint16Array | Uint8Array | Int8Array;

export interface Model extends Description {
  readonly array: (name: string) => Numbers;
}

export const VERSION = 1;

/** The file is not one of avatars, or of another time. */
export class UnknownAvatars extends Error {}

const KINDS = { i2: Int16Array, u2: Uint16Array, u1: Uint8Array, i1: Int8Array } as const;

/** The model in the inflated bytes of a file. */
export function decoded(bytes: ArrayBuffer): Model {
  const view = new DataView(bytes);
  if (bytes.byteLength < 8 || view.getUint32(0) !== 0x534c4156) throw new UnknownAvatars("no avatars in this file");
  const length = view.getUint32(4, true);
  const description = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length))) as Description;
  if (description.version !== VERSION) throw new UnknownAvatars(`avatars of version ${description.version}`);
  const arrays = new Map<string, Numbers>();
  let at = 8 + length;
  for (const one of description.arrays) {
    const Kind = KINDS[one.type as keyof typeof KINDS];
    const array = new Kind(bytes, at, one.length);
    arrays.set(one.name, array);
    at += Math.ceil(array.byteLength / 4) * 4;
  }
  const array = (name: string): Numbers => {
    const found = arrays.get(name);
    if (!found) throw new UnknownAvatars(`avatars without ${name}`);
    return found;
  };
  return { ...description, array };
}

/** Fetches the avatars from `url`. */
export async function loadAvatars(url: string): Promise<Model> {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new UnknownAvatars(`avatars: ${answer.status}`);
  const inflated = answer.body.pipeThrough(new DecompressionStream("deflate"));
  return decoded(await new Response(inflated).arrayBuffer());
}
