import { describe, expect, it } from "vitest";
import { decoded, UnknownAvatars, VERSION } from "./file";

function file(description: object, ...bytes: number[]): ArrayBuffer {
  let text = JSON.stringify(description);
  text += " ".repeat((4 - (text.length % 4)) % 4);
  const body = new TextEncoder().encode(text);
  const whole = new Uint8Array(8 + body.length + bytes.length);
  whole.set(new TextEncoder().encode("SLAV"));
  new DataView(whole.buffer).setUint32(4, body.length, true);
  whole.set(body, 8);
  whole.set(bytes, 8 + body.length);
  return whole.buffer;
}

describe("the file of avatars", () => {
  it("gives its arrays, each from a multiple of four on", () => {
    const arrays = [{ name: "a", type: "u1", length: 2 }, { name: "b", type: "i2", length: 1 }];
    const model = decoded(file({ version: VERSION, arrays }, 1, 2, 0, 0, 254, 255, 0, 0));
    expect([[...model.array("a")], [...model.array("b")]]).toEqual([[1, 2], [-2]]);
  });

  it("is refused when it is something else", () => {
    expect(() => decoded(new ArrayBuffer(16))).toThrow(UnknownAvatars);
  });

  it("is refused when it is of another version", () => {
    expect(() => decoded(file({ version: 99, arrays: [] }))).toThrow(UnknownAvatars);
  });
});
