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
    message: "s.yaml: aliases of aliases make this file too large",
  });
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
