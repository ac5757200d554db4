import fc from "fast-check";
import { expect, it } from "vitest";
import { pack, unpack } from "../../../src/training/loop/packed.ts";

const array = fc.oneof(
  fc.float32Array(),
  fc.float64Array(),
  fc.int32Array(),
  fc.uint8Array(),
  fc.array(fc.double().filter((number) => !Object.is(number, -0))),
);

it("brings back what was packed, every bit of its arrays, wherever the bytes lie", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), array), fc.nat({ max: 9 }), (value, offset) => {
      const packed = pack(value);
      const moved = new Uint8Array(packed.length + offset).subarray(offset);
      moved.set(packed);
      expect(unpack(moved)).toEqual(structuredClone({ ...value }));
    }),
  );
});

it("keeps the numbers that JSON does not know", () => {
  const value = { metrics: { auc: Number.NaN, worst: Number.POSITIVE_INFINITY }, rest: [null, true, "text"] };
  expect(unpack(pack(value))).toEqual(value);
});

it("throws wherever one of its bits is another", () => {
  const packed = pack({ epochs: 1, weights: [Float32Array.of(1, 2), Int32Array.of(3)] });
  for (let bit = 0; bit < 8 * packed.length; bit++) {
    const damaged = packed.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    expect(() => unpack(damaged)).toThrow();
  }
});

it("throws for bytes that are no pack", () => {
  expect(() => unpack(new Uint8Array(3))).toThrow();
  expect(() => unpack(pack({ weights: new Float32Array(100) }).subarray(0, 90))).toThrow();
});
