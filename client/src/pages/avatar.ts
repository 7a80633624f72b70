/** The page on which one chooses an avatar: a live preview beside a form that works without it. */

import "./avatar.css";

import { loadAvatars } from "../world/avatar/file";
import { drawnLook, FIELDS, type Look, lookOf, numbersOf } from "../world/avatar/looks";
import { type Pose, Preview } from "../world/avatar/preview";

/** What `tools/avatars.py` makes. */
const AVATARS = new URL("../../avatars/crowd.bin", import.meta.url).href;

/** The look that the fields of `form` say. */
function readLook(form: HTMLFormElement): Look {
  const data = new FormData(form);
  return lookOf(FIELDS.map((field) => Number(data.get(field) ?? Number.NaN)));
}

/** Sets the fields of `form` to `look`. */
function writeLook(form: HTMLFormElement, look: Look): void {
  numbersOf(look).forEach((value, index) => {
    const field = form.elements.namedItem(FIELDS[index] ?? "");
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement) field.value = String(value);
  });
}

async function enliven(form: HTMLFormElement, stage: HTMLElement): Promise<void> {
  const canvas = stage.querySelector("canvas");
  const absent = stage.querySelector<HTMLElement>("[data-absent]");
  if (!canvas || !absent) return;
  stage.hidden = false;
  try {
    const preview = new Preview(canvas, await loadAvatars(AVATARS), readLook(form));
    form.addEventListener("input", () => preview.wear(readLook(form)));
    for (const button of stage.querySelectorAll<HTMLButtonElement>("[data-pose]")) {
      button.addEventListener("click", () => {
        preview.pose(button.dataset.pose as Pose);
        for (const other of stage.querySelectorAll("[data-pose]")) other.setAttribute("aria-pressed", String(other === button));
      });
    }
  } catch {
    canvas.hidden = true;
    absent.hidden = false;
    for (const poses of stage.querySelectorAll<HTMLElement>("[data-poses]")) poses.hidden = true;
  }
}

const form = document.querySelector<HTMLFormElement>("[data-look]");
const stage = document.querySelector<HTMLElement>("[data-stage]");
if (form && stage) {
  const surprise = form.querySelector<HTMLButtonElement>("[data-surprise]");
  if (surprise) {
    surprise.hidden = false;
    surprise.addEventListener("click", () => {
      writeLook(form, drawnLook(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0));
      form.dispatchEvent(new Event("input"));
    });
  }
  void enliven(form, stage);
}
