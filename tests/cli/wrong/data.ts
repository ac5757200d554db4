import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WrongInput } from "./case.ts";

/** A sweep that trains on what `data` gives. */
function training(data: string): string {
  return `import { defineSweep, hp } from "parzen";
import { defineTraining, readDataset, readImageFolder } from "parzen/training";
const file = (name) => new URL(name, import.meta.url);
export default defineSweep({
  space: { x: hp.uniform(0, 1) },
  objective: defineTraining({
    task: "classification",
    epochs: 1,
    data: () => ${data},
    model: () => { throw new Error("no model is built") },
    optimizer: () => { throw new Error("no optimizer is made") },
  }),
});
`;
}

const csv = (name: string): string =>
  training(`readDataset(file("${name}"), { task: "classification", label: "kind" })`);
const rows = (kinds: readonly string[]): string =>
  `size,kind\n${kinds.map((kind, row) => `${row},${kind}\n`).join("")}`;

/** Data that is wrong: said before the first trial, whatever is to run it. */
export const WRONG_DATA: readonly WrongInput[] = [
  {
    name: "data with a cell that is no number",
    files: { "wrong.mjs": csv("cats.csv"), "cats.csv": "size,kind\n1,cat\nNaN,cat\n" },
    args: ["run", "wrong.mjs"],
    code: 2,
    message:
      /^error: cats\.csv:3: column "size": expected a number, received "NaN"\nEvery cell needs a value: fill it in, /,
  },
  {
    name: "data with a class too rare to be split, as validate sees it",
    files: { "wrong.mjs": csv("cats.csv"), "cats.csv": rows([...new Array<string>(20).fill("cat"), "dog"]) },
    args: ["validate", "wrong.mjs"],
    code: 2,
    message:
      /^error: dataset: class "dog" has 1 of 21 rows and none in (train|validation|test), .*\nLeave the class out, /,
  },
  {
    name: "data that is not there, as a reader of one's own finds it",
    files: { "wrong.mjs": training('{ throw new Error("the share is not mounted") }') },
    args: ["run", "wrong.mjs", "--dry-run"],
    code: 2,
    message: /^error: data: the share is not mounted\n$/,
  },
  {
    name: "data that a worker would train on, short of a column",
    files: { "wrong.mjs": csv("cats.csv"), "cats.csv": "size,kind\n1,cat\n2\n" },
    args: ["worker", "wrong.mjs", "--store", "redis://127.0.0.1:1"],
    code: 2,
    message: /^error: cats\.csv:3: expected 2 columns, received 1\n$/,
  },
  {
    name: "an image that cannot be decoded",
    files: { "wrong.mjs": training('readImageFolder(file("images"))') },
    arrange: (folder) => {
      mkdirSync(join(folder, "images", "cats"), { recursive: true });
      writeFileSync(join(folder, "images", "cats", "1.png"), "no picture");
    },
    args: ["run", "wrong.mjs"],
    code: 2,
    message: /^error: cats\/1\.png: expected a PNG or JPEG image, received neither\n$/,
  },
];
