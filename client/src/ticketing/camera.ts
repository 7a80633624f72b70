/** Codes read by the camera: by the browser's own reader where it has one, else by a library. */

import decode from "qr/decode.js";

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

interface Detectors {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

type Read = (video: HTMLVideoElement) => Promise<string | null>;

/** Between two looks [ms]. */
const PAUSE = 120;
/** The longest side of a picture that the library looks at [px]. */
const LONGEST = 960;
/** A code that is still held there is not read again for so long [ms]. */
const SAME = 4000;

export class Camera {
  #stream: MediaStream | null = null;
  #timer = 0;
  #last = "";
  #seen = 0;
  #read: Read | null = null;

  constructor(
    readonly video: HTMLVideoElement,
    readonly found: (text: string) => void,
  ) {}

  get open(): boolean {
    return this.#stream !== null;
  }

  /** Begins to look; raises what the browser raises where there is no camera, or it may not be used. */
  async start(): Promise<void> {
    if (this.#stream) return;
    if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("no camera", "NotSupportedError");
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.#stream = stream;
    this.video.srcObject = stream;
    await this.video.play();
    this.#read ??= await reader();
    this.#look();
  }

  stop(): void {
    window.clearTimeout(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.video.srcObject = null;
  }

  /** Whether the camera has a light. */
  get torch(): boolean {
    const track = this.#stream?.getVideoTracks()[0];
    return Boolean(track?.getCapabilities && "torch" in track.getCapabilities());
  }

  /** Turns the camera's light on or off. */
  async light(on: boolean): Promise<void> {
    const wanted = { advanced: [{ torch: on }] } as unknown as MediaTrackConstraints;
    await this.#stream?.getVideoTracks()[0]?.applyConstraints(wanted);
  }

  #look(): void {
    this.#timer = window.setTimeout(() => void this.#once(), PAUSE);
  }

  async #once(): Promise<void> {
    if (!this.#stream) return;
    const text = this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await this.#read?.(this.video).catch(() => null) : null;
    const now = performance.now();
    if (text && (text !== this.#last || now - this.#seen > SAME)) this.found(text);
    if (text) {
      this.#last = text;
      this.#seen = now;
    }
    if (this.#stream) this.#look();
  }
}

async function reader(): Promise<Read> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: Detectors };
  if (BarcodeDetector && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  return library();
}

function library(): Read {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!context || canvas.width === 0) return null;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decode(context.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return null; // there is no code in the picture
    }
  };
}
