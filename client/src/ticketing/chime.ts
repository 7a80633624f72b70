/** Sounds and shakes that tell a verdict to who does not look at the screen. */

import type { Tone } from "./model/tone";

/** Notes of each tone: pitch [Hz] and length [s]. */
const NOTES: Readonly<Record<Tone, readonly (readonly [number, number])[]>> = {
  good: [[880, 0.09], [1318, 0.16]],
  out: [[988, 0.12]],
  ask: [[494, 0.16], [494, 0.16]],
  bad: [[196, 0.22], [165, 0.36]],
};
/** Shakes and rests [ms]. */
const SHAKES: Readonly<Record<Tone, number[]>> = { good: [60], out: [40], ask: [80, 60, 80], bad: [220, 90, 220] };
const LOUD = 0.25;
const REST = 0.03;

export class Chime {
  #context: AudioContext | null = null;
  muted = false;

  /** Browsers let a page sound only after a touch: called at one. */
  wake(): void {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  play(tone: Tone): void {
    if (this.muted) return;
    navigator.vibrate?.(SHAKES[tone]);
    const context = this.#context;
    if (context?.state !== "running") return;
    let at = context.currentTime;
    for (const [pitch, length] of NOTES[tone]) {
      const note = context.createOscillator();
      const loudness = context.createGain();
      note.type = tone === "bad" ? "square" : "sine";
      note.frequency.value = pitch;
      loudness.gain.setValueAtTime(tone === "bad" ? LOUD / 2 : LOUD, at);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + length);
      note.connect(loudness).connect(context.destination);
      note.start(at);
      note.stop(at + length);
      at += length + REST;
    }
  }
}
