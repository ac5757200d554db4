import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readDataset, readTable } from "../../../src/training/index.ts";

const directory = mkdtempSync(join(tmpdir(), "parzen-csv-"));
afterAll(() => rmSync(directory, { recursive: true }));

let count = 0;
function fileOf(content: string | Uint8Array, name = `data-${count++}.csv`): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const people = "height,age,kind\n1.5,30,cat\n\n1.75, 41 ,ant\n-2e1,7,cat\n";

describe("a table", () => {
  test("with a header", () => {
    const table = readTable(fileOf("a,b\n1,2\n3,4.5\n"));
    expect(table).toEqual({ rows: 2, columns: 2, names: ["a", "b"], values: Float32Array.of(1, 2, 3, 4.5) });
  });

  test("without one, gzipped, by URL, with another separator", () => {
    const file = fileOf(gzipSync("1 2\r\n3 4\r\n"));
    const table = readTable(pathToFileURL(file), { header: false, separator: " " });
    expect(table).toEqual({
      rows: 2,
      columns: 2,
      names: ["column 1", "column 2"],
      values: Float32Array.of(1, 2, 3, 4),
    });
    expect(readTable(file, { header: false, separator: " ", names: ["x", "y"] }).names).toEqual(["x", "y"]);
  });

  test("is decoded once, and again when the file has changed", () => {
    const file = fileOf("a\n1\n");
    const table = readTable(file);
    expect(readTable(file)).toBe(table);
    expect(readTable(file, { header: true })).not.toBe(table);
    writeFileSync(file, "a\n1\n2\n");
    utimesSync(file, new Date(), new Date(Date.now() + 5000));
    expect(readTable(file).rows).toBe(2);
  });

  test("with columns that have the names of what every object inherits", () => {
    const table = readTable(fileOf("constructor,__proto__,toString\n1,2,3\n"));
    expect(table.values).toEqual(Float32Array.of(1, 2, 3));
  });
});

describe("a dataset", () => {
  test("for classification: classes are sorted, the other columns are features", () => {
    const dataset = readDataset(fileOf(people), { task: "classification", label: "kind" });
    expect(dataset).toEqual({
      task: "classification",
      rows: 3,
      columns: 2,
      features: Float32Array.of(1.5, 30, 1.75, 41, -20, 7),
      featureNames: ["height", "age"],
      labels: Int32Array.of(1, 0, 1),
      classNames: ["ant", "cat"],
    });
  });

  test("for classification with numbered classes: sorted as numbers", () => {
    const dataset = readDataset(fileOf("10,1\n9,2\n10,3\n"), { header: false, task: "classification", label: 0 });
    expect(dataset).toMatchObject({ classNames: ["9", "10"], labels: Int32Array.of(1, 0, 1) });
  });

  test("for regression", () => {
    const dataset = readDataset(fileOf("a,y\n1,10\n2,20\n"), { task: "regression", label: "y" });
    expect(dataset).toMatchObject({
      task: "regression",
      features: Float32Array.of(1, 2),
      labels: Float32Array.of(10, 20),
      targetName: "y",
    });
  });
});

describe("columns that are no numbers", () => {
  const shirts = fileOf("size,colour,id,sold\nM,red,a7,3\nS,blue,b1,0\nL,red,c9,12\n");

  test("become one feature a category, or the place of their category, or nothing", () => {
    const columns = { colour: "one-hot", size: "codes", id: "skip" } as const;
    expect(readDataset(shirts, { task: "regression", label: "sold", columns })).toMatchObject({
      columns: 3,
      featureNames: ["size", "colour=blue", "colour=red"],
      features: Float32Array.of(1, 0, 1, 2, 1, 0, 0, 0, 1),
      labels: Float32Array.of(3, 0, 12),
    });
  });

  test("with categories given, in their order", () => {
    const columns = {
      size: { codes: ["S", "M", "L"] },
      colour: { "one-hot": ["red", "green", "blue"] },
      id: "skip",
    } as const;
    expect(readDataset(shirts, { task: "regression", label: "sold", columns })).toMatchObject({
      featureNames: ["size", "colour=red", "colour=green", "colour=blue"],
      features: Float32Array.of(1, 1, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0),
    });
  });

  test("with an empty text among the categories, for cells where the value is missing", () => {
    const file = fileOf("colour,size,sold\nred,,1\n,S,2\n");
    const columns = { colour: { "one-hot": ["", "red"] }, size: { codes: ["S", ""] } } as const;
    expect(readDataset(file, { task: "regression", label: "sold", columns })).toMatchObject({
      featureNames: ["colour=", "colour=red", "size"],
      features: Float32Array.of(0, 1, 1, 1, 0, 0),
    });
  });

  test("a missing category is told with what can be done", () => {
    const options = { task: "regression", label: "sold", columns: { colour: "one-hot" } } as const;
    const hint = expect.stringContaining('"" among them');
    expect(() => readDataset(fileOf("colour,sold\nred,1\n,2\n"), options)).toThrow(expect.objectContaining({ hint }));
  });

  test("classes that are given keep their order; a shape goes with the pixels", () => {
    const options = {
      task: "classification",
      label: "kind",
      classes: ["dog", "cat", "ant"],
      shape: [1, 2, 1],
    } as const;
    expect(readDataset(fileOf(people), options)).toMatchObject({
      classNames: ["dog", "cat", "ant"],
      labels: Int32Array.of(1, 2, 1),
      shape: [1, 2, 1],
    });
  });

  test.each([
    [{ size: { codes: ["S", "M"] } }, 'shirts.csv:4: column "size": expected one of ["S","M"], received "L"'],
    [
      { color: "one-hot" },
      'shirts.csv: expected a column "color", found "size", "colour", "sold" (did you mean "colour"?)',
    ],
    [{ colour: "one-hot" }, 'shirts.csv:3: column "colour": expected a category, received ""'],
    [{ colour: { codes: ["red"] } }, 'shirts.csv:3: column "colour": expected one of ["red"], received ""'],
    [{ size: "numeric" }, 'shirts.csv:2: column "size": expected a number, received "M"'],
  ] as const)("are refused with their line: %o", (columns, message) => {
    const file = fileOf("size,colour,sold\nM,red,1\nS,,2\nL,red,3\n", "shirts.csv");
    const others = { size: "skip", colour: "skip" } as const;
    const options = { task: "regression", label: "sold", columns: { ...others, ...columns } } as const;
    expect(() => readDataset(file, options)).toThrow(expect.objectContaining({ code: "DATA_INVALID", message }));
  });

  test("a label that is none of the classes", () => {
    const options = { task: "classification", label: "kind", classes: ["cat", "dog"] } as const;
    expect(() => readDataset(fileOf(people, "people.csv"), options)).toThrow(
      expect.objectContaining({
        code: "DATA_INVALID",
        message: 'people.csv:4: column "kind": expected one of ["cat","dog"], received "ant"',
      }),
    );
  });
});

describe("a wrong file says what is wrong, and where", () => {
  test.each([
    ["text for a number", "a,b\n1,2\n3,x\n", 'wrong.csv:3: column "b": expected a number, received "x"'],
    ["an empty cell", "a,b\n1,\n", 'wrong.csv:2: column "b": expected a number, received ""'],
    ["a number of a program", "a,b\n1,0x10\n", 'wrong.csv:2: column "b": expected a number, received "0x10"'],
    ["NaN", "a,b\n1,NaN\n", 'wrong.csv:2: column "b": expected a number, received "NaN"'],
    ["an infinity", "a,b\n\nInfinity,2\n", 'wrong.csv:3: column "a": expected a number, received "Infinity"'],
    ["a short row", "a,b\n1,2\n3\n", "wrong.csv:3: expected 2 columns, received 1"],
    ["a long row", "a,b\n1,2,3\n", "wrong.csv:2: expected 2 columns, received 3"],
    ["no rows", "a,b\n", "wrong.csv: expected at least one row of data, received none"],
    ["nothing at all", "", "wrong.csv: expected at least one row of data, received none"],
    ["more than float32 can hold", "a,b\n1,1e39\n", 'wrong.csv:2: column "b": expected a number, received "1e39"'],
    ["a column twice", "a,a\n1,2\n", 'wrong.csv:1: expected columns of different names, received two "a"'],
    ["an open quote", 'a,b\n"1,2\n', "wrong.csv: Quote Not Closed"],
  ])("%s", (_case, content, message) => {
    const file = fileOf(content, "wrong.csv");
    expect(() => readTable(file)).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(message) }),
    );
  });

  test.each([
    ["a text", "a,k\nx,1\n", 'columns: { "a": "one-hot" }'],
    ["nothing", "a,k\n,1\n", "fill it in, or leave out its row"],
  ])("%s for the number of a feature, with what to do", (_case, content, hint) => {
    const options = { task: "regression", label: "k" } as const;
    expect(() => readDataset(fileOf(content, "wrong.csv"), options)).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", hint: expect.stringContaining(hint) }),
    );
  });

  test("a missing file", () => {
    const file = join(directory, "missing.csv");
    expect(() => readTable(file)).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringMatching(/missing\.csv.*ENOENT/) }),
    );
  });

  test("a broken archive", () => {
    const broken = gzipSync("a,b\n1,2\n").subarray(0, 15);
    expect(() => readTable(fileOf(broken, "broken.csv.gz"))).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining("broken.csv.gz") }),
    );
  });

  test("a label column that is not there, with a suggestion", () => {
    expect(() => readDataset(fileOf(people), { task: "classification", label: "kinds" })).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining('(did you mean "kind"?)') }),
    );
    expect(() => readDataset(fileOf(people), { task: "classification", label: 3 })).toThrow(/column 3/);
  });

  test("a missing class", () => {
    expect(() => readDataset(fileOf("a,k\n1,x\n2,\n"), { task: "classification", label: "k" })).toThrow(
      /:3: column "k": expected a class/,
    );
  });

  test("one number written in two ways, which would be two classes", () => {
    const file = fileOf("a,k\n1,1\n2,0\n3,1.0\n", "wrong.csv");
    expect(() => readDataset(file, { task: "classification", label: "k" })).toThrow(
      'wrong.csv: column "k": expected each class in one way, received "1" and "1.0"',
    );
  });

  test.each([
    ["UTF-16 with its mark", Buffer.from("\ufeffa,b\n1,2\n", "utf16le"), "wrong.csv: expected text in UTF-8, received"],
    ["UTF-16 without", Buffer.from("a,b\n1,2\n", "utf16le").swap16(), "wrong.csv: expected text in UTF-8, received"],
    [
      "Latin-1, whose é and ü would be one class",
      Buffer.from("a,k\n1,é\n2,ü\n", "latin1"),
      "wrong.csv:2: expected text",
    ],
  ])("text of another encoding: %s", (_case, content, message) => {
    expect(() => readDataset(fileOf(content, "wrong.csv"), { task: "classification", label: 1 })).toThrow(
      expect.objectContaining({ code: "DATA_INVALID", hint: "Save the file as UTF-8." }),
    );
    expect(() => readDataset(fileOf(content, "wrong.csv"), { task: "classification", label: 1 })).toThrow(message);
  });

  test.each([
    [undefined, "file: expected a path or the URL of a file, received undefined"],
    [new URL("https://example.org/a.csv"), "file: expected a path or the URL of a file, received URL"],
  ])("what is no file: %s", (file, message) => {
    expect(() => readTable(file as never)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    expect(() => readTable(file as never)).toThrow(message);
  });

  test.each<[string, object, string]>([
    ["names of columns that have names", { names: ["x", "y"] }, 'names: expected "header: false" beside them; else'],
    ["two columns of one name", { header: false, names: ["x", "x"] }, "wrong.csv: expected columns of different names"],
    ["a kind that there is not", { columns: { a: "onehot" } }, 'received "onehot" (did you mean "one-hot"?)'],
    ["a kind with another key", { columns: { a: { code: ["1"] } } }, "columns: a: expected numeric, one-hot, codes"],
    [
      "a task that there is not",
      { task: "regresion" },
      'task: expected "classification" or "regression", received "regr',
    ],
    [
      "a kind for the label",
      { columns: { b: "codes" } },
      'columns: expected kinds of features, received "b", the label',
    ],
    ["a header that is a text", { header: "no" }, 'header: expected true or false, received "no"'],
    ["a separator that is none", { separator: "" }, 'separator: expected a text, such as ";", received ""'],
    ["names that are no list", { header: false, names: "ab" }, 'names: expected a list of texts, received "ab"'],
    [
      "columns that are none",
      { columns: null },
      "columns: expected an object with a kind for each name, received null",
    ],
    [
      "categories that are no list",
      { columns: { a: { codes: "12" } } },
      'columns: a: expected a list of texts, received "12"',
    ],
    [
      "classes that are no list",
      { task: "classification", classes: "12" },
      'classes: expected a list of texts, received "12"',
    ],
  ])("%s, in the options", (_case, options, message) => {
    const all = { task: "regression", label: 1, ...options } as never;
    expect(() => readDataset(fileOf("a,b\n1,2\n", "wrong.csv"), all)).toThrow(message);
  });
});
