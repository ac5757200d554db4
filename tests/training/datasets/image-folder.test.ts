import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { crc32 } from "node:zlib";
import { encode } from "fast-png";
import { describe, expect, test } from "vitest";
import { readImageFolder } from "../../../src/training/index.ts";
import { type GoldenImage, images } from "../../golden/images.ts";
import { dataFolder, refusal } from "./files.ts";

const file = dataFolder();

/** A PNG of one shade. */
function png(width: number, height: number, shade: number): Uint8Array {
  return encode({ width, height, channels: 1, data: new Uint8Array(width * height).fill(shade) });
}

let count = 0;
/** A folder of images, by `class/name`. */
function folderOf(contents: { readonly [name: string]: string | Uint8Array }): string {
  const folder = `images-${count++}`;
  const paths = Object.entries(contents).map(([name, content]) => file(join(folder, name), content));
  return dirname(dirname(paths[0] ?? ""));
}

describe("a folder of images", () => {
  test("has one folder a class; classes and images are sorted, hidden files left out", async () => {
    const folder = folderOf({
      "dogs/b.png": png(3, 2, 51),
      "cats/2.PNG": png(3, 2, 255),
      "cats/1.png": png(3, 2, 0),
      "cats/.DS_Store": "anything",
    });
    const dataset = await readImageFolder(folder, { channels: 1 });
    expect(dataset).toMatchObject({ rows: 3, columns: 6, shape: [2, 3, 1], classNames: ["cats", "dogs"] });
    expect(dataset.labels).toEqual(Int32Array.of(0, 0, 1));
    expect(dataset.features).toEqual(Float32Array.from([0, 1, 0.2].flatMap((shade) => new Array(6).fill(shade))));
    expect(await readImageFolder(folder, { channels: 1 })).toBe(dataset);
    expect((await readImageFolder(pathToFileURL(folder))).shape).toEqual([2, 3, 3]);
  });

  test("what is no folder beside them is no class, a link that leads nowhere included", async () => {
    const folder = folderOf({ "cats/1.png": png(3, 2, 0), "cats/2.png": png(3, 2, 9) });
    symlinkSync(join(folder, "gone"), join(folder, "dogs"));
    writeFileSync(join(folder, "README"), "cats");
    expect((await readImageFolder(folder)).classNames).toEqual(["cats"]);
  });

  test.each(images)("decodes as Pillow does: $name", async (image: GoldenImage) => {
    const folder = folderOf({ [`all/${image.name}`]: Buffer.from(image.file, "base64") });
    for (const [channels, expected] of [[3, image.colours] as const, [1, image.luminance] as const]) {
      const { shape, features } = await readImageFolder(folder, { channels });
      expect(shape).toEqual([image.height, image.width, channels]);
      const worst = Math.max(...expected.map((sample, at) => Math.abs(sample - 255 * (features[at] ?? Number.NaN))));
      expect(worst).toBeLessThanOrEqual(image.tolerance);
    }
  });
});

describe("a PNG in colours that brings a palette along", () => {
  const colours = { width: 2, height: 1, data: Uint8Array.of(0, 51, 102, 153, 204, 255) };
  const alpha = { width: 1, height: 1, channels: 4, data: Uint8Array.of(51, 102, 255, 255) } as const;

  test.each([
    ["colours", encode({ ...colours, channels: 3 }), [0, 0.2, 0.4, 0.6, 0.8, 1]],
    ["with alpha", encode(alpha), [0.2, 0.4, 1]],
  ])("has its own pixels: %s", async (_case, image, pixels) => {
    const folder = folderOf({ "all/1.png": withPalette(image) });
    expect((await readImageFolder(folder)).features).toEqual(Float32Array.from(pixels));
  });
});

/** A palette of 256 shades, for screens that have no more: it stands behind the header. */
function withPalette(image: Uint8Array): Uint8Array {
  const header = 8 + 25; // signature and IHDR
  const chunk = Buffer.alloc(12 + 768);
  chunk.writeUInt32BE(768, 0);
  chunk.write("PLTE", 4);
  for (let at = 0; at < 768; at++) chunk[8 + at] = Math.floor(at / 3);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + 768)), 8 + 768);
  return Buffer.concat([image.subarray(0, header), chunk, image.subarray(header)]);
}

describe("refused, by the name of the image:", () => {
  const whole = Buffer.from(images.find(({ name }) => name === "JPEG in colours")?.file ?? "", "base64");
  test.each([
    [
      "a PNG that is cut short",
      png(3, 2, 9).subarray(0, 50),
      /^cats\/1: cannot be decoded as PNG \(.*\); it may be cut short$/,
    ],
    ["a PNG with a flipped bit", flipped(png(3, 2, 9), 45), /^cats\/1: cannot be decoded as PNG \(.*\); it may be/],
    [
      "a JPEG that is cut short",
      whole.subarray(0, whole.length - 30),
      /^cats\/1: cannot be decoded as JPEG \(.*\); it may be/,
    ],
    [
      "a PNG in black and white that is interlaced",
      png(3, 2, 9).map((byte, at) => ({ 24: 1, 28: 1 })[at] ?? byte),
      /^cats\/1: expected a PNG that is not interlaced where a sample has fewer than 8 bits; save it without interlacing$/,
    ],
    ["text", "not an image", /^cats\/1: expected a PNG or JPEG image, received neither$/],
    ["an empty file", "", /^cats\/1: expected a PNG or JPEG image, received neither$/],
  ])("%s", async (_case, content, message) => {
    const folder = folderOf({ "cats/0.png": png(3, 2, 0), "cats/1": content });
    await expect(readImageFolder(folder)).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringMatching(message),
    });
  });

  test("images of different sizes", async () => {
    const folder = folderOf({ "cats/0.png": png(3, 2, 0), "dogs/1.png": png(2, 3, 0) });
    await expect(readImageFolder(folder)).rejects.toMatchObject(
      refusal("dogs/1.png: expected 3x2 pixels (width x height) as in cats/0.png, received 2x3"),
    );
  });

  test("another number of channels, which would make other images of them", async () => {
    const folder = folderOf({ "cats/0.png": png(3, 2, 0), "dogs/1.png": png(3, 2, 0) });
    await expect(readImageFolder(folder, { channels: 4 as 3 })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: "channels: expected 1 or 3, received 4",
    });
  });

  test("a class without images, a folder without classes, a folder that is not there", async () => {
    const folder = folderOf({ "cats/0.png": png(3, 2, 0) });
    mkdirSync(join(folder, "dogs"));
    await expect(readImageFolder(folder)).rejects.toMatchObject(
      refusal("dogs: expected at least one image of this class, found none"),
    );
    await expect(readImageFolder(join(folder, "cats"))).rejects.toMatchObject(
      refusal(`${folder}/cats: expected one folder of images for each class, found none`),
    );
    mkdirSync(join(folder, "dogs/more"));
    await expect(readImageFolder(folder)).rejects.toMatchObject(
      refusal("dogs/more: expected an image, found a folder: images lie in the folder of their class itself"),
    );
    await expect(readImageFolder("nowhere")).rejects.toMatchObject(
      refusal("nowhere: cannot be read (ENOENT: no such file or directory, scandir 'nowhere')"),
    );
  });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, place) => (place === at ? byte ^ 0xff : byte));
}
