/** The canvas and its renderer: draws when something moves, and only then. */

import { Color, NeutralToneMapping, PCFShadowMap, PerspectiveCamera, Scene, WebGLRenderer } from "three";
import { Bag } from "../kit/dispose";
import { adapted, type Level, levelFor, QUALITIES, type Quality } from "./quality";

export interface StageListener {
  /** Before each frame; true where another must follow. */
  frame(seconds: number): boolean;
  /** After each frame that was drawn. */
  drawn(): void;
  resized(): void;
  lost(): void;
  restored(): void;
  /** A frame went wrong: the loop stands still until `wake`. */
  broke(reason: unknown): void;
}

/** This browser cannot draw the scene. */
export class NoWebGL extends Error {}

/** Frames in a row over which their time is averaged. */
const WINDOW = 8;
/** … unless they take longer than this together [ms]. */
const LONGEST = 500;

export class Stage {
  readonly renderer: WebGLRenderer;
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(50, 1, 1, 12_000);
  readonly level: Level;
  readonly #bag = new Bag();
  #asked = 0;
  #before = 0;
  #share = 1;
  #busy = 0;
  #milliseconds = 0;
  #settle = 0;
  #lost = false;
  /** The drawing has another size than its canvas by now. */
  #misfit = false;
  #right = 0;
  #foot = 0;

  constructor(
    readonly canvas: HTMLCanvasElement,
    readonly listener: StageListener,
    wished: Level | null,
  ) {
    const phone = matchMedia("(pointer: coarse)").matches;
    this.level = wished ?? levelFor(cardOf(canvas), phone);
    try {
      this.renderer = new WebGLRenderer({ canvas, antialias: this.quality.antialias, powerPreference: "high-performance" });
    } catch (reason) {
      throw new NoWebGL(String(reason));
    }
    this.renderer.toneMapping = NeutralToneMapping;
    this.renderer.toneMappingExposure = 1;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.renderer.setClearColor(new Color(0xe6ebec), 1);
    this.renderer.debug.onShaderError = (gl, _program, vertex, fragment) => {
      throw new Error(`shader: ${gl.getShaderInfoLog(vertex) ?? ""} ${gl.getShaderInfoLog(fragment) ?? ""}`);
    };
    this.#bag.listen(canvas, "webglcontextlost", (event: Event) => {
      event.preventDefault();
      this.#lost = true;
      listener.lost();
    });
    this.#bag.listen(canvas, "webglcontextrestored", () => {
      this.#lost = false;
      listener.restored();
      this.wake();
    });
    this.#bag.listen(document, "visibilitychange", () => this.wake());
    const watcher = new ResizeObserver(() => this.#resize());
    watcher.observe(canvas);
    this.#bag.add(() => watcher.disconnect());
    this.#resize();
  }

  get quality(): Quality {
    return QUALITIES[this.level];
  }

  /** Asks for a frame. */
  wake(): void {
    if (this.#asked === 0 && !this.#lost) this.#asked = requestAnimationFrame((now) => this.#frame(now));
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.camera.aspect = clientWidth / clientHeight;
    this.camera.fov = this.camera.aspect < 0.8 ? 62 : 50;
    this.camera.setViewOffset(clientWidth, clientHeight, this.#right / 2, this.#foot / 2, clientWidth, clientHeight);
    this.#misfit = true;
    this.wake();
  }

  /** Moves the middle of the view off panels at the right and at the foot [px]. */
  pad(right: number, foot: number): void {
    if (right === this.#right && foot === this.#foot) return;
    this.#right = right;
    this.#foot = foot;
    this.#resize();
  }

  /** The middle of what panels leave clear [px]. */
  get middle(): { readonly x: number; readonly y: number } {
    return { x: (this.canvas.clientWidth - this.#right) / 2, y: (this.canvas.clientHeight - this.#foot) / 2 };
  }

  /** Gives the drawing its size. That empties it: only ever just before it is drawn, or the empty one is seen. */
  #fit(): void {
    if (!this.#misfit) return;
    this.#misfit = false;
    const ratio = Math.min(window.devicePixelRatio, this.quality.ratio) * this.#share;
    if (ratio !== this.renderer.getPixelRatio()) this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(this.canvas.clientWidth, this.canvas.clientHeight, false);
    this.listener.resized();
  }

  #frame(now: number): void {
    this.#asked = 0;
    if (document.hidden) return;
    const elapsed = this.#before === 0 ? 16 : now - this.#before;
    const seconds = Math.min(elapsed / 1000, 0.3);
    let more: boolean;
    try {
      this.#fit();
      more = this.listener.frame(seconds);
      this.renderer.render(this.scene, this.camera);
      this.listener.drawn();
    } catch (reason) {
      this.#before = 0;
      this.listener.broke(reason);
      return;
    }
    this.#before = more ? now : 0;
    this.#adapt(more, elapsed);
    if (more) this.wake();
  }

  /** Fewer pixels while moving where frames are slow, all of them again at rest. */
  #adapt(moving: boolean, elapsed: number): void {
    if (moving) {
      window.clearTimeout(this.#settle);
      this.#busy += 1;
      this.#milliseconds += elapsed;
      if (this.#busy < WINDOW && this.#milliseconds < LONGEST) return;
      this.#rescale(adapted(this.#share, this.#milliseconds / this.#busy, this.quality.leastShare));
      this.#busy = this.#milliseconds = 0;
    } else {
      this.#busy = this.#milliseconds = 0;
      if (this.#share === 1) return;
      window.clearTimeout(this.#settle);
      this.#settle = window.setTimeout(() => {
        this.#rescale(1);
        this.wake();
      }, 220);
    }
  }

  #rescale(share: number): void {
    if (share === this.#share) return;
    this.#share = share;
    this.#misfit = true;
  }

  dispose(): void {
    cancelAnimationFrame(this.#asked);
    window.clearTimeout(this.#settle);
    this.#bag.dispose();
    this.renderer.dispose();
  }
}

/** The graphics card as it names itself; the canvas for drawing is left untouched. */
function cardOf(canvas: HTMLCanvasElement): string {
  const probe = canvas.ownerDocument.createElement("canvas");
  const gl = probe.getContext("webgl2");
  if (!gl) throw new NoWebGL("WebGL 2 is missing");
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const card = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return card;
}
