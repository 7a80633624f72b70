import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  BITMAP_SIZE, type Bitmap, HEADER_SIZE, type Header, MOVE_SIZE, type Move, readBitmap, readHeader, readMove, readRecord, readStep, RECORD_SIZE,
  type Record as Row, STEP_SIZE, type Step, writeBitmap, writeHeader, writeMove, writeRecord, writeStep,
} from "../wire/frames";

interface Example {
  readonly frame: "Move" | "Header" | "Record" | "Bitmap" | "Step";
  readonly bytes: string;
  readonly numbers: Readonly<Record<string, number>>;
}

/** As Python wrote them (tools/frames.py). */
const GOLDEN = JSON.parse(readFileSync(new URL("../../../tests/contract/golden/world-frames.json", import.meta.url), "utf8")) as Example[];

function bytesOf(hex: string): DataView {
  return new DataView(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).buffer);
}

function hexOf(view: DataView): string {
  return [...new Uint8Array(view.buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function written({ frame, numbers }: Example): DataView {
  const sizes = { Move: MOVE_SIZE, Header: HEADER_SIZE, Record: RECORD_SIZE, Bitmap: BITMAP_SIZE, Step: STEP_SIZE };
  const view = new DataView(new ArrayBuffer(sizes[frame]));
  if (frame === "Move") writeMove(view, numbers as unknown as Move);
  else if (frame === "Header") writeHeader(view, numbers as unknown as Header);
  else if (frame === "Record") writeRecord(view, numbers as unknown as Row);
  else if (frame === "Bitmap") writeBitmap(view, numbers as unknown as Bitmap);
  else writeStep(view, numbers as unknown as Step);
  return view;
}

test("the client reads the numbers that Python wrote", () => {
  const readers = { Move: readMove, Header: readHeader, Record: readRecord, Bitmap: readBitmap, Step: readStep };

  expect(GOLDEN.map(({ frame, bytes }) => readers[frame](bytesOf(bytes)))).toEqual(GOLDEN.map(({ numbers }) => numbers));
});

test("the client writes the bytes that Python would", () => {
  expect(GOLDEN.map((example) => hexOf(written(example)))).toEqual(GOLDEN.map(({ bytes }) => bytes));
});
