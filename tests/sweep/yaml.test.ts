import { describe, expect, it } from "vitest";
import { checkedSweep } from "../../src/sweep/checked-sweep.ts";
import { parseSweep } from "../../src/sweep/yaml.ts";
import { rejectionOf, thrownBy } from "../thrown-by.ts";
import { BASE, WRONG } from "./wrong-yaml.ts";

const read = async (text: string) => {
  const { definition, source } = parseSweep(text, "s.yaml");
  return checkedSweep(definition, source, "s");
};

describe("YAML", () => {
  it("holds spaces as TypeScript does", async () => {
    const { space } = await read(BASE);
    expect(space.dimensions.map(({ path, distribution }) => [path, distribution.kind])).toEqual([
      ["lr", "loguniform"],
      ["optimizer", "choice"],
      ["optimizer.sgd.momentum", "uniform"],
      ["optimizer.adam.beta", "pchoice"],
      ["optimizer.adam.beta.1", "quniform"],
    ]);
  });

  it("knows anchors, and numbers written as 1e-5", async () => {
    const { space } = await read("command: [x]\nspace: {a: &n {uniform: [1e-5, 1e5]}, b: *n}\n");
    expect(space.dimensions.map(({ distribution }) => distribution)).toEqual(
      Array(2).fill({ kind: "uniform", low: 1e-5, high: 1e5 }),
    );
  });

  it("merges what << names, of which a key's own value goes before", async () => {
    const { space } = await read(MERGED("{uniform: [0, 2]}"));
    expect(space.source).toEqual({
      a: { x: { uniform: [0, 1] }, y: { uniform: [0, 1] } },
      b: { x: { uniform: [0, 1] }, y: { uniform: [0, 2] } },
      c: { x: { uniform: [0, 1] }, y: { uniform: [0, 2] }, z: 1 },
      d: { "<<": 1 },
    });
  });
});

const MERGED = (y: string): string =>
  `command: [x]
space:
  a: &a {x: {uniform: [0, 1]}, y: {uniform: [0, 1]}}
  b: &b
    <<: *a
    y: ${y}
  c: {z: 1, <<: [*b, *a]}
  d: {"<<": 1}
`;

describe("one message with line and column for", () => {
  it.each(WRONG.map(([what, text, message, hint]) => ({ what, text, message, hint: hint ?? null })))(
    "$what",
    async (row) => {
      const { text, message, hint } = row;
      const error = (await rejectionOf(() => read(text))) as Error;
      expect(error).toMatchObject({ name: "SweepError", code: "SWEEP_INVALID", file: "s.yaml" });
      expect(error.message).toBe(message);
      if (hint !== null) expect(error).toMatchObject({ hint });
    },
  );
});

it("refuses a file that aliases blow up", () => {
  const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]`);
  const error = thrownBy(() => parseSweep(`a0: &a0 [x]\n${levels.join("\n")}\n`, "s.yaml"));
  expect(error).toMatchObject({
    code: "SWEEP_INVALID",
    message: "s.yaml:6:40: aliases of aliases make this file too large",
  });
});

it("takes as many aliases of one part as a file has", async () => {
  const params = Array.from({ length: 500 }, (_, i) => `  p${i}: *rate\n  q${i}: {<<: *rate}\n  c${i}: *ten\n`);
  const text = `command: [x]\nspace:\n  rate: &rate {uniform: [0, 1]}\n  ten: &ten 10\n${params.join("")}`;
  expect((await read(text)).space.dimensions).toHaveLength(1001);
});

const DEEP = "more than 200 lists and objects stand inside of each other";
const indented = Array.from({ length: 3000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");

it.each([
  ["lists", `x: ${"[".repeat(20_000)}${"]".repeat(20_000)}`, `s.yaml:1:203: ${DEEP}`],
  ["lists that stay open", `x: ${"[".repeat(20_000)}`, `s.yaml:1:203: ${DEEP}`],
  ["objects in JSON", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`, `s.yaml:1:1001: ${DEEP}`],
  ["lists in one line", `x:\n  ${"- ".repeat(20_000)}1\ny: 1\n`, `s.yaml: ${DEEP}`],
  ["objects by indentation", `${indented} 1\nb: 1\n`, `s.yaml: ${DEEP}`],
  ["keys", `${"? ".repeat(20_000)}x`, `s.yaml:1:401: ${DEEP}`],
])("refuses more levels of %s than the stack holds", (_, text, message) => {
  expect(thrownBy(() => parseSweep(text, "s.yaml"))).toMatchObject({ code: "SWEEP_INVALID", message });
});

it("reads 200 levels", () => {
  const { definition } = parseSweep(`${"[".repeat(200)}${"]".repeat(200)}`, "s.yaml");
  expect(JSON.stringify(definition)).toBe(`${"[".repeat(200)}${"]".repeat(200)}`);
});

it("finds a key that is given twice among very many", () => {
  const keys = Array.from({ length: 30_000 }, (_, i) => `"k ${i}": 1\n`).join("");
  expect(() => parseSweep(`${keys}"k 7": 2\n`, "s.yaml")).toThrow(/^s\.yaml:30001:1: the key k 7 is given twice$/);
});

it("gives the evidence as fields", async () => {
  expect(await rejectionOf(() => read(`${BASE}seed: -1\n`))).toMatchObject({
    file: "s.yaml",
    line: 8,
    column: 7,
    path: "seed",
    expected: "an integer, 0 or above",
    received: -1,
  });
});
