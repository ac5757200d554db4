import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type ClassificationDataset, readDataset, readTable } from "../../src/training/index.ts";

const folder = new URL("../../search-spaces/", import.meta.url);
const sweeps = readdirSync(folder).filter((file) => file.endsWith(".ts"));

describe("every sweep that ships", () => {
  test.each(sweeps)("%s begins with a paragraph that teaches, and says how long it takes", (file) => {
    const [header] = readFileSync(new URL(file, folder), "utf8").split("*/");
    expect(header).toMatch(/^\/\*\*\n \* [A-Z].*\?\n/);
    expect(header).toMatch(/two cores/);
  });
});

describe("the vendored data", () => {
  const data = new URL("data/", folder);

  test("is attributed, file by file", () => {
    const readme = readFileSync(new URL("README.md", data), "utf8");
    const files = readdirSync(data).filter((file) => file.endsWith(".gz") || !file.includes("."));
    for (const file of files) expect(readme).toContain(`\`${file}\``);
  });

  test("has the shapes that its README states", () => {
    const shape = (file: string, separator: string) => {
      const { rows, columns } = readTable(fileURLToPath(new URL(file, data)), { header: false, separator });
      return [rows, columns];
    };
    expect(shape("digits.csv.gz", ",")).toEqual([1797, 65]);
    expect(shape("diabetes_data_raw.csv.gz", " ")).toEqual([442, 10]);
    expect(shape("diabetes_target.csv.gz", ",")).toEqual([442, 1]);
    const classes = (file: string, label: string) => {
      const dataset = readDataset(new URL(file, data), { task: "classification", label });
      const { rows, columns, labels, classNames } = dataset as ClassificationDataset;
      return [rows, columns, classNames.map((name, at) => `${name} ${labels.filter((each) => each === at).length}`)];
    };
    expect(classes("breast_cancer.csv.gz", "diagnosis")).toEqual([569, 30, ["benign 357", "malignant 212"]]);
    expect(classes("wine.csv.gz", "cultivar")).toEqual([178, 13, ["1 59", "2 71", "3 48"]]);
  });
});
