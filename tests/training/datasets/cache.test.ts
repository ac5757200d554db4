import { utimesSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DecodedFiles } from "../../../src/training/datasets/cache.ts";
import { dataFolder } from "./files.ts";

const file = dataFolder();
const [a, b, c] = ["a", "b", "c"].map((name) => file(name, name)) as [string, string, string];

/** Reads one file as so many bytes, and says how often it was decoded. */
function reader(files: DecodedFiles, bytes: number): (path: string, how?: string) => number {
  const decoded: string[] = [];
  return (path, how = "") => {
    files.read([path], [how], () => {
      decoded.push(path);
      return { values: new Uint8Array(bytes) };
    });
    return decoded.filter((each) => each === path).length;
  };
}

test("a file is decoded once for each way of reading it, and again when it has changed", () => {
  const read = reader(new DecodedFiles(1000), 10);
  expect([read(a), read(a), read(b), read(a)]).toEqual([1, 1, 1, 1]);
  expect(read(a, "otherwise")).toBe(2);
  writeFileSync(a, "changed");
  utimesSync(a, new Date(), new Date(Date.now() + 5000));
  expect([read(a), read(a)]).toEqual([3, 3]);
});

test("what was not used for longest is forgotten where all together are too large", () => {
  const read = reader(new DecodedFiles(250), 100);
  expect([read(a), read(b), read(a)]).toEqual([1, 1, 1]);
  expect(read(c)).toBe(1);
  expect([read(a), read(c)]).toEqual([1, 1]);
  expect(read(b)).toBe(2);
});

test("what is larger than everything that may be kept is decoded each time; all is forgotten on demand", () => {
  const large = reader(new DecodedFiles(50), 100);
  expect([large(a), large(a)]).toEqual([1, 2]);
  const files = new DecodedFiles(1000);
  const read = reader(files, 10);
  read(a);
  files.forget();
  expect(read(a)).toBe(2);
});
