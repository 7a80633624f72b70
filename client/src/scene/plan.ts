/** The park from straight above, drawn small: for shade and light on the ground, and for the map. */

import {
  Color, HalfFloatType, LinearFilter, type Mesh, MeshBasicMaterial, type Object3D, OrthographicCamera, PlaneGeometry,
  Mesh as ThreeMesh, type Scene, ShaderMaterial, Vector2, type WebGLRenderer, WebGLRenderTarget, NoBlending, type Material,
} from "three";
import type { Features } from "./features";
import { FEATURE_VERTEX_GLSL, type Shading } from "./shading";

const SIDE = 1024;

const BLUR = /* glsl */ `
varying vec2 vAt;
uniform sampler2D uImage;
uniform vec2 uStep;
void main() {
  float sum = 0.0;
  float all = 0.0;
  for (int i = -8; i <= 8; i++) {
    float weight = exp(-float(i * i) / 26.0);
    sum += texture2D(uImage, vAt + uStep * float(i)).r * weight;
    all += weight;
  }
  gl_FragColor = vec4(sum / all, 0.0, 0.0, 1.0);
}
`;

const FULLSCREEN = /* glsl */ `
varying vec2 vAt;
void main() {
  vAt = uv;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}
`;

/** What a pixel of the plan shows: the classes of the map. */
export const INKS = { nothing: 0, ghost: 1, building: 2, /** And above: scenery of kind `ink − 3`. */ scenery: 3 } as const;

export interface PlanImage {
  readonly side: number;
  /** One byte a pixel, of `INKS`; rows from north to south. */
  readonly inks: Uint8Array;
}

/** Least x, least z, and the side of the square that is drawn [m]. */
export interface PlanSquare {
  readonly x: number;
  readonly z: number;
  readonly side: number;
}

function inkMaterial(features: Features): Material {
  const material = new MeshBasicMaterial({ toneMapped: false, fog: false });
  material.customProgramCacheKey = () => "plan-ink";
  material.onBeforeCompile = (shader) => {
    shader.uniforms.uFeatures = { value: features.texture };
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", `#include <common>\n${FEATURE_VERTEX_GLSL}\nflat out float vInk;`)
      .replace(
        "#include <project_vertex>",
        /* glsl */ `#include <project_vertex>
        vec4 state = featureTexel(_feature_id_0, 0) * 255.0;
        // A building that is shown by its storeys stands on the plan all the same.
        vInk = state.b > 127.0 ? 2.0 : 1.0;`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <common>", "#include <common>\nflat in float vInk;")
      .replace("#include <colorspace_fragment>", "gl_FragColor = vec4(vInk > 1.5 ? 1.0 : 0.0, vInk / 16.0, 0.0, 1.0);");
  };
  return material;
}

function sceneryInk(kind: number): Material {
  const material = new MeshBasicMaterial({ toneMapped: false, fog: false, depthTest: false, depthWrite: false });
  material.color = new Color(0, (3 + kind) / 16, 0);
  material.onBeforeCompile = (shader) => {
    shader.fragmentShader = shader.fragmentShader.replace("#include <colorspace_fragment>", "");
  };
  return material;
}

export class Plan {
  readonly #sharp = new WebGLRenderTarget(SIDE, SIDE, { minFilter: LinearFilter, magFilter: LinearFilter });
  readonly #half = new WebGLRenderTarget(SIDE / 2, SIDE / 2, { type: HalfFloatType, depthBuffer: false });
  readonly #soft = new WebGLRenderTarget(SIDE / 2, SIDE / 2, { type: HalfFloatType, depthBuffer: false });
  readonly #camera = new OrthographicCamera(-1, 1, 1, -1, 1, 4000);
  readonly #flat = new OrthographicCamera(-1, 1, 1, -1, 0, 1);
  readonly #blur = new ShaderMaterial({
    vertexShader: FULLSCREEN, fragmentShader: BLUR, depthTest: false, depthWrite: false, blending: NoBlending,
    uniforms: { uImage: { value: null }, uStep: { value: new Vector2() } },
  });
  readonly #quad = new ThreeMesh(new PlaneGeometry(2, 2), this.#blur);
  readonly #inks = new WeakMap<Features, Material>();
  readonly #sceneryInks = Array.from({ length: 7 }, (_, kind) => sceneryInk(kind));
  readonly #black = new Color(0, 0, 0);
  readonly #before = new Color();

  constructor(
    public square: PlanSquare,
    readonly shading: Shading,
  ) {
    shading.uniforms.uPlan.value = this.#soft.texture;
    this.#quad.frustumCulled = false;
    this.#place();
  }

  /** Moves the square along with what is looked at; true where it must be drawn anew. */
  follow(x: number, z: number): boolean {
    const { side } = this.square;
    const off = Math.max(Math.abs(x - this.square.x - side / 2), Math.abs(z - this.square.z - side / 2));
    if (off < side * 0.28) return false;
    this.square = { x: x - side / 2, z: z - side / 2, side };
    this.#place();
    return true;
  }

  #place(): void {
    const { x, z, side } = this.square;
    this.#camera.left = this.#camera.bottom = -side / 2;
    this.#camera.right = this.#camera.top = side / 2;
    this.#camera.position.set(x + side / 2, 3000, z + side / 2);
    this.#camera.up.set(0, 0, -1);
    this.#camera.lookAt(x + side / 2, 0, z + side / 2);
    this.#camera.updateProjectionMatrix();
    this.#camera.updateMatrixWorld();
    // Rows of a rendered picture run from south to north: v grows against z.
    this.shading.uniforms.uPlanBox.value.set(x, z + side, 1 / side, -1 / side);
  }

  /** Draws `tiles` and `scenery` anew; both are left as they were. */
  draw(renderer: WebGLRenderer, scene: Scene, tiles: readonly Features[], scenery: readonly Mesh[]): void {
    const kept: { readonly mesh: Mesh; readonly material: Material | Material[]; readonly visible: boolean }[] = [];
    const ink = (mesh: Mesh, material: Material): void => {
      kept.push({ mesh, material: mesh.material, visible: mesh.visible });
      mesh.material = material;
    };
    const hidden: Object3D[] = [];
    const wanted = new Set<Object3D>([...tiles.map((features) => features.mesh), ...scenery]);
    scene.traverseVisible((object) => {
      if ((object as Mesh).isMesh && !wanted.has(object)) hidden.push(object);
    });
    for (const features of tiles) {
      let material = this.#inks.get(features);
      if (!material) this.#inks.set(features, (material = inkMaterial(features)));
      ink(features.mesh, material);
    }
    for (const mesh of scenery) ink(mesh, this.#sceneryInks[Number(mesh.userData.kind)] ?? (this.#sceneryInks[0] as Material));
    for (const object of hidden) object.visible = false;

    renderer.getClearColor(this.#before);
    const alpha = renderer.getClearAlpha();
    const shadows = renderer.shadowMap.enabled;
    renderer.shadowMap.enabled = false;
    renderer.setClearColor(this.#black, 1);
    renderer.setRenderTarget(this.#sharp);
    renderer.clear();
    renderer.render(scene, this.#camera);
    renderer.shadowMap.enabled = shadows;

    for (const { mesh, material, visible } of kept) {
      mesh.material = material;
      mesh.visible = visible;
    }
    for (const object of hidden) object.visible = true;
    this.#soften(renderer);
    renderer.setRenderTarget(null);
    renderer.setClearColor(this.#before, alpha);
  }

  #soften(renderer: WebGLRenderer): void {
    const metres = Math.min(2.2 / this.square.side, 0.004);
    const uniforms = this.#blur.uniforms as { uImage: { value: unknown }; uStep: { value: Vector2 } };
    for (const [from, to, x, y] of [
      [this.#sharp, this.#half, metres, 0], [this.#half, this.#soft, 0, metres],
    ] as const) {
      uniforms.uImage.value = from.texture;
      uniforms.uStep.value.set(x, y);
      renderer.setRenderTarget(to);
      renderer.render(this.#quad as unknown as Scene, this.#flat);
    }
  }

  /** What was drawn, for a map. */
  read(renderer: WebGLRenderer): PlanImage {
    const bytes = new Uint8Array(SIDE * SIDE * 4);
    renderer.readRenderTargetPixels(this.#sharp, 0, 0, SIDE, SIDE, bytes);
    const inks = new Uint8Array(SIDE * SIDE);
    for (let row = 0; row < SIDE; row += 1) {
      const from = (SIDE - 1 - row) * SIDE * 4;
      for (let column = 0; column < SIDE; column += 1) {
        inks[row * SIDE + column] = Math.round(((bytes[from + column * 4 + 1] ?? 0) / 255) * 16);
      }
    }
    return { side: SIDE, inks };
  }

  dispose(): void {
    for (const target of [this.#sharp, this.#half, this.#soft]) target.dispose();
    this.#blur.dispose();
    this.#quad.geometry.dispose();
    for (const material of this.#sceneryInks) material.dispose();
  }
}
