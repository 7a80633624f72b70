/** One avatar on a small stage of its own: it turns, greets, walks; for choosing what one looks like. */

import {
  Color, DirectionalLight, HemisphereLight, NeutralToneMapping, PCFShadowMap, PerspectiveCamera, Scene, WebGLRenderer,
} from "three";
import { Bag } from "../../kit/dispose";
import { atmosphereAt, type Rgb } from "../../scene/palette";
import { Shading } from "../../scene/shading";
import { Crowd } from "./crowd";
import type { Model } from "./file";
import type { Look } from "./looks";

export type Pose = "idle" | "walk" | "run" | "wave" | "clap" | "point" | "sit" | "hand";

/** Gait, gesture and speed of each pose, as on the wire. */
const POSES: Readonly<Record<Pose, readonly [number, number, number]>> = {
  idle: [0, 0, 0], walk: [1, 0, 1.35], run: [2, 0, 3.6],
  wave: [0, 1, 0], clap: [0, 2, 0], point: [0, 3, 0], sit: [0, 4, 0], hand: [0, 5, 0],
};
/** The hour whose light falls on the stage: the sun's elevation [°]. */
const SUN = 35;
/** Turns by so much a pixel [°]. */
const DRAG = 0.6;
const STEP = 15;

function set(color: Color, [r, g, b]: Rgb): void {
  color.setRGB(r, g, b, "srgb");
}

export class Preview {
  readonly #bag = new Bag();
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(24, 1, 0.1, 50);
  readonly #crowd: Crowd;
  #heading = 160;
  #pose: Pose = "idle";
  #asked = 0;
  #before = 0;
  #misfit = true;

  /** Throws where the browser cannot draw. */
  constructor(readonly canvas: HTMLCanvasElement, model: Model, look: Look) {
    const context = canvas.getContext("webgl2", { antialias: true, alpha: true });
    if (!context) throw new Error("WebGL 2 is missing");
    this.#renderer = new WebGLRenderer({ canvas, context, antialias: true, alpha: true });
    this.#bag.add(this.#renderer);
    this.#renderer.toneMapping = NeutralToneMapping;
    this.#renderer.shadowMap.enabled = true;
    this.#renderer.shadowMap.type = PCFShadowMap;
    const shading = new Shading(false);
    this.#light(shading);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#crowd = this.#bag.add(new Crowd({ model, shading, camera: this.#camera, capacity: 1, near: 1, middle: 0, shadows: false, calm }));
    this.#scene.add(this.#crowd.group);
    this.wear(look);
    this.#listen();
    const watcher = new ResizeObserver(() => {
      this.#misfit = true;
      this.#ask();
    });
    watcher.observe(canvas);
    this.#bag.add(() => watcher.disconnect());
    this.#bag.add(() => cancelAnimationFrame(this.#asked));
    this.#ask();
  }

  wear(look: Look): void {
    this.#crowd.dress(0, look);
    this.#stand();
  }

  pose(pose: Pose): void {
    this.#pose = pose;
    this.#stand();
  }

  turn(degrees: number): void {
    this.#heading = (this.#heading + degrees + 360) % 360;
    this.#stand();
  }

  #stand(): void {
    const [gait, gesture, speed] = POSES[this.#pose];
    this.#crowd.place(0, 0, 0, 0, this.#heading, speed);
    this.#crowd.act(0, gait, gesture);
    this.#ask();
  }

  #light(shading: Shading): void {
    const { uniforms } = shading;
    const air = atmosphereAt(SUN);
    set(uniforms.uZenith.value, air.zenith);
    set(uniforms.uHorizon.value, air.horizon);
    set(uniforms.uGlow.value, air.glow);
    uniforms.uHaze.value = 0;
    const sky = new HemisphereLight(0xffffff, 0xffffff, air.skyStrength);
    const sun = new DirectionalLight(0xffffff, air.sunStrength);
    set(sky.color, air.sky);
    set(sky.groundColor, air.ground);
    set(sun.color, air.sun);
    sun.position.set(3, 5, 5);
    uniforms.uSunWay.value.copy(sun.position).normalize();
    this.#scene.add(sky, sun);
  }

  #listen(): void {
    let from: number | null = null;
    this.#bag.listen(this.canvas, "pointerdown", (event: PointerEvent) => {
      from = event.clientX;
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.#bag.listen(this.canvas, "pointermove", (event: PointerEvent) => {
      if (from === null) return;
      this.turn((from - event.clientX) * DRAG);
      from = event.clientX;
    });
    const stop = (): void => {
      from = null;
    };
    this.#bag.listen(this.canvas, "pointerup", stop);
    this.#bag.listen(this.canvas, "pointercancel", stop);
    this.#bag.listen(this.canvas, "keydown", (event: KeyboardEvent) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      this.turn(event.key === "ArrowLeft" ? STEP : -STEP);
    });
    this.#bag.listen(document, "visibilitychange", () => this.#ask());
  }

  /** A drawing that is given a size is empty: only ever just before it is drawn. */
  #fit(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (!this.#misfit || clientWidth === 0 || clientHeight === 0) return;
    this.#misfit = false;
    this.#renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.#renderer.setSize(clientWidth, clientHeight, false);
    const aspect = clientWidth / clientHeight;
    this.#camera.aspect = aspect;
    // The whole of a tall person fits, raised hand and all, however narrow the stage is.
    const far = 2.35 / (2 * Math.tan((this.#camera.fov * Math.PI) / 360) * Math.min(aspect * 1.55, 1));
    this.#camera.position.set(0, 1.25, far);
    this.#camera.lookAt(0, 1.04, 0);
    this.#camera.updateProjectionMatrix();
  }

  #ask(): void {
    if (this.#asked === 0 && !document.hidden) this.#asked = requestAnimationFrame((now) => this.#frame(now));
  }

  #frame(now: number): void {
    this.#asked = 0;
    const seconds = this.#before === 0 ? 0 : Math.min((now - this.#before) / 1000, 0.1);
    this.#fit();
    this.#camera.updateMatrixWorld();
    const more = this.#crowd.update(seconds);
    this.#renderer.render(this.#scene, this.#camera);
    this.canvas.dataset.drawn = "true";
    this.#before = more ? now : 0;
    if (more) this.#ask();
  }

  dispose(): void {
    this.#bag.dispose();
  }
}
