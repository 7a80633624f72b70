/** The map inset: the plan from above, where one stands and looks, a click to go there. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";

export interface MapImage {
  readonly side: number;
  /** One byte a pixel, rows from north to south: 0 nothing, 1 ghost, 2 building, 3 + kind scenery. */
  readonly inks: Uint8Array;
}

export interface MapSquare {
  readonly x: number;
  readonly z: number;
  readonly side: number;
}

const PIXELS = 360;

/** sRGB of nothing, ghost, building, then scenery: road, path, rail, water, green, paved, wood. */
const LIGHT: readonly number[] = [0xefece6, 0xd8d5d6, 0x8f8a82, 0xffffff, 0xf8f4ea, 0xd6d2ca, 0xb6d0dc, 0xd3dfc0, 0xf6f2ea, 0xc4d4ae];
const DARK: readonly number[] = [0x171b20, 0x39424d, 0xb3aca0, 0x333941, 0x2c3238, 0x2a2f35, 0x24435a, 0x26352a, 0x282d33, 0x22362a];

export class MapPanel {
  readonly element: HTMLElement;
  readonly #canvas = h("canvas", { width: PIXELS, height: PIXELS, class: "map-canvas" });
  readonly #pointer = h("span", { class: "map-pointer" });
  #square: MapSquare = { x: 0, z: 0, side: 1 };
  #image: MapImage | null = null;
  #dark = false;

  constructor(words: Words, jump: (east: number, north: number) => void) {
    // For the pointer alone: by keyboard one jumps by the list of places and the search box.
    this.element = h("div", { class: "map glass", "aria-hidden": "true", title: words.t("scene.map.hint"), click: (event: MouseEvent) => {
      const box = this.#canvas.getBoundingClientRect();
      const { x, z, side } = this.#square;
      jump(x + ((event.clientX - box.left) / box.width) * side, -(z + ((event.clientY - box.top) / box.height) * side));
    } }, this.#canvas, this.#pointer, h("span", { class: "map-north" }, words.t("scene.map.north")));
  }

  draw(image: MapImage, square: MapSquare): void {
    this.#image = image;
    this.#square = square;
    this.#paint();
  }

  set dark(dark: boolean) {
    if (this.#dark === dark) return;
    this.#dark = dark;
    this.#paint();
  }

  /** The eye stands at (x, z) [m] and looks along `yaw`. */
  point(x: number, z: number, yaw: number): void {
    const { x: x0, z: z0, side } = this.#square;
    const left = Math.min(Math.max((x - x0) / side, 0.02), 0.98) * 100;
    const top = Math.min(Math.max((z - z0) / side, 0.02), 0.98) * 100;
    this.#pointer.style.left = `${left.toFixed(2)}%`;
    this.#pointer.style.top = `${top.toFixed(2)}%`;
    this.#pointer.style.rotate = `${yaw.toFixed(3)}rad`;
  }

  #paint(): void {
    const image = this.#image;
    const context = this.#canvas.getContext("2d");
    if (!image || !context) return;
    const colors = this.#dark ? DARK : LIGHT;
    const pixels = context.createImageData(image.side, image.side);
    for (let index = 0; index < image.inks.length; index += 1) {
      const color = colors[image.inks[index] ?? 0] ?? 0;
      pixels.data[index * 4] = color >> 16;
      pixels.data[index * 4 + 1] = (color >> 8) & 255;
      pixels.data[index * 4 + 2] = color & 255;
      pixels.data[index * 4 + 3] = 255;
    }
    const whole = document.createElement("canvas");
    whole.width = whole.height = image.side;
    whole.getContext("2d")?.putImageData(pixels, 0, 0);
    context.imageSmoothingQuality = "high";
    context.drawImage(whole, 0, 0, PIXELS, PIXELS);
  }
}
