import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  HEADER_SIZE, type Header, MOVE_SIZE, type Move, readHeader, readMove, readRecord, RECORD_SIZE, type Record as Row, writeHeader, writeMove, writeRecord,
} from "../wire/frames";

interface Example {
  readonly frame: "Move" | "Header" | "Record";
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
  const sizes = { Move: MOVE_SIZE, Header: HEADER_SIZE, Record: RECORD_SIZE };
  const view = new DataView(new ArrayBuffer(sizes[frame]));
  if (frame === "Move") writeMove(view, numbers as unknown as Move);
  else if (frame === "Header") writeHeader(view, numbers as unknown as Header);
  else writeRecord(view, numbers as unknown as Row);
  return view;
}

test("the client reads the numbers that Python wrote", () => {
  const readers = { Move: readMove, Header: readHeader, Record: readRecord };

  expect(GOLDEN.map(({ frame, bytes }) => readers[frame](bytesOf(bytes)))).toEqual(GOLDEN.map(({ numbers }) => numbers));
});

test("the client writes the bytes that Python would", () => {
  expect(GOLDEN.map((example) => hexOf(written(example)))).toEqual(GOLDEN.map(({ bytes }) => bytes));
});
