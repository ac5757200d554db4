import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readIdx } from "../../../src/training/index.ts";
import { dataFolder, idx, refusal } from "./files.ts";

const file = dataFolder();
/** Two images of two rows and three columns. */
const images = idx([2, 2, 3], [0, 51, 102, 153, 204, 255, 255, 0, 0, 0, 0, 51]);
const labels = idx([2], [3, 1]);

describe("IDX", () => {
  test("images and labels, plain or gzipped, by path or URL", () => {
    const plain = readIdx({ images: file("a-images", images), labels: file("a-labels", labels) });
    expect(plain).toEqual({
      task: "classification",
      rows: 2,
      columns: 6,
      shape: [2, 3, 1],
      features: Float32Array.of(0, 0.2, 0.4, 0.6, 0.8, 1, 1, 0, 0, 0, 0, 0.2),
      featureNames: ["0,0", "0,1", "0,2", "1,0", "1,1", "1,2"],
      labels: Int32Array.of(3, 1),
      classNames: ["0", "1", "2", "3"],
    });
    const packed = {
      images: pathToFileURL(file("a-images.gz", gzipSync(images))),
      labels: pathToFileURL(file("a-labels.gz", gzipSync(labels))),
    };
    expect(readIdx(packed)).toEqual(plain);
    expect(readIdx(packed)).toBe(readIdx(packed));
  });

  test("images with channels, classes with names", () => {
    const coloured = file("coloured", idx([1, 1, 2, 3], [255, 0, 0, 0, 255, 0]));
    const dataset = readIdx({ images: coloured, labels: file("one", idx([1], [0])) }, { classes: ["left", "right"] });
    expect(dataset).toMatchObject({ shape: [1, 2, 3], columns: 6, classNames: ["left", "right"] });
    expect(dataset.featureNames).toEqual(["0,0,0", "0,0,1", "0,0,2", "0,1,0", "0,1,1", "0,1,2"]);
    expect([...dataset.features]).toEqual([1, 0, 0, 0, 1, 0]);
  });

  test.each([
    [
      "cut short",
      images.subarray(0, 23),
      "images: expected 2x2x3 = 12 values, received 7: the file is cut short in row 1 (counted from 0)",
    ],
    ["cut in its dimensions", images.subarray(0, 9), "images: the file is cut short within its dimensions"],
    ["too long", Buffer.concat([images, labels]), "images: expected 2x2x3 = 12 values, received 22"],
    ["no IDX", "1,2,3\n", "images: expected an IDX file, which begins with two zero bytes, received 312c322c"],
    ["empty", "", "images: expected an IDX file, which begins with two zero bytes, received nothing"],
    ["of labels", labels, "images: expected unsigned bytes (type 8) in 3 or 4 dimensions, received type 8 in 1"],
    [
      "of floats",
      idx([1, 1, 1], [0, 0, 0, 0], 13),
      "images: expected unsigned bytes (type 8) in 3 or 4 dimensions, received type 13 in 3",
    ],
  ])("a file of images that is %s", (_case, content, message) => {
    const files = { images: file("images", content), labels: file("labels", labels) };
    expect(() => readIdx(files)).toThrow(expect.objectContaining(refusal(message)));
  });

  test("files that are named otherwise", () => {
    const files = { image: file("images", images), labels: file("labels", labels) } as never;
    expect(() => readIdx(files)).toThrow('image: there is no such option (did you mean "images"?)');
    expect(() => readIdx(undefined as never)).toThrow("options: expected an object, received undefined");
  });

  test("labels that are too few, or out of range", () => {
    const files = { images: file("images", images), labels: file("labels", idx([1], [3])) };
    expect(() => readIdx(files)).toThrow(
      expect.objectContaining(refusal("labels: expected 2 labels, one for each image of images, received 1")),
    );
    const classes = { classes: ["a", "b"] };
    expect(() => readIdx({ ...files, labels: file("wide", idx([2], [1, 3])) }, classes)).toThrow(
      expect.objectContaining(refusal("wide: row 1 (counted from 0): expected a class of 0..1 as label, received 3")),
    );
    expect(() => readIdx({ ...files, labels: file("whole", labels) }, { classes: 2 as never })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: "classes: expected a list of texts, received 2" }),
    );
  });

  test("a missing file, and an archive that is cut short", () => {
    const whole = file("labels", labels);
    expect(() => readIdx({ images: "nowhere/images.gz", labels: whole })).toThrow(
      expect.objectContaining(
        refusal("nowhere/images.gz: cannot be read (ENOENT: no such file or directory, open 'nowhere/images.gz')"),
      ),
    );
    const cut = file("cut.gz", gzipSync(images).subarray(0, 20));
    expect(() => readIdx({ images: cut, labels: whole })).toThrow(
      expect.objectContaining(refusal(`${cut}: cannot be read (unexpected end of file)`)),
    );
  });
});
