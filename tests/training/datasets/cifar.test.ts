import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readCifar } from "../../../src/training/index.ts";
import { dataFolder, refusal } from "./files.ts";

const file = dataFolder();
const PLANE = 1024;

/** An image whose planes have one value each, but for its second pixel. */
function record(labels: readonly number[], [red, green, blue]: readonly [number, number, number]): Buffer {
  const planes = [red, green, blue].map((value) => Buffer.alloc(PLANE, value));
  for (const [channel, plane] of planes.entries()) plane[1] = 51 * channel;
  return Buffer.concat([Buffer.from(labels), ...planes]);
}

const first = record([9], [255, 0, 51]);
const second = record([0], [0, 0, 0]);

describe("CIFAR", () => {
  test("10 classes: files one after another, planes brought together, gzipped or not", () => {
    const dataset = readCifar([file("1.bin", first), file("2.bin.gz", gzipSync(second))], { kind: "cifar-10" });
    expect(dataset).toMatchObject({ rows: 2, columns: 3072, shape: [32, 32, 3], labels: Int32Array.of(9, 0) });
    expect([...dataset.features.subarray(0, 9)]).toEqual([1, 0, 0.2, 0, 0.2, 0.4, 1, 0, 0.2].map(Math.fround));
    expect([...dataset.features.subarray(3072, 3078)]).toEqual([0, 0, 0, 0, 0.2, 0.4].map(Math.fround));
    expect(dataset.classNames).toHaveLength(10);
    expect(dataset.classNames[9]).toBe("truck");
  });

  test("100 classes, fine or in 20 groups", () => {
    const path = file("train.bin", record([19, 99], [0, 0, 0]));
    expect(readCifar(path, { kind: "cifar-100" })).toMatchObject({ labels: Int32Array.of(99) });
    expect(readCifar(path, { kind: "cifar-100-coarse" })).toMatchObject({ labels: Int32Array.of(19) });
    expect(readCifar(path, { kind: "cifar-100-coarse" }).classNames).toHaveLength(20);
  });

  test("a file that is cut short, empty, or of the other kind", () => {
    const cut = file("cut.bin", Buffer.concat([first, second]).subarray(0, 4000));
    expect(() => readCifar(cut, { kind: "cifar-10" })).toThrow(
      expect.objectContaining(
        refusal(
          "cut.bin: expected records of 3073 bytes, received 4000 bytes: the file is cut short in row 1 (counted from 0)",
        ),
      ),
    );
    expect(() => readCifar(file("empty.bin", ""), { kind: "cifar-10" })).toThrow(/received 0 bytes/);
    expect(() => readCifar(file("10.bin", first), { kind: "cifar-100" })).toThrow(/expected records of 3074 bytes/);
  });

  test("a label out of range, and names that are too few", () => {
    const wide = file("wide.bin", Buffer.concat([first, record([10], [0, 0, 0])]));
    expect(() => readCifar(wide, { kind: "cifar-10" })).toThrow(
      expect.objectContaining(
        refusal("wide.bin: row 1 (counted from 0): expected a class of 0..9 as label, received 10"),
      ),
    );
    expect(() => readCifar(wide, { kind: "cifar10" as "cifar-10" })).toThrow(
      'received "cifar10" (did you mean "cifar-10"?)',
    );
    expect(() => readCifar(wide, { kind: "cifar-10", classes: "0123456789" as never })).toThrow(
      expect.objectContaining({
        code: "OPTION_INVALID",
        message: 'classes: expected a list of texts, received "0123456789"',
      }),
    );
    expect(() => readCifar(wide, { kind: "cifar-10", classes: ["a"] })).toThrow(
      expect.objectContaining({
        code: "OPTION_INVALID",
        message: "classes: expected 10 names for cifar-10, received 1",
      }),
    );
  });
});
