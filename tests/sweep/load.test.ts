import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSweep } from "../../src/sweep/load.ts";
import { rejectionOf } from "../thrown-by.ts";
import { IMPORTS, project, ROOT } from "./project.ts";

const PACKAGES = { esm: '{"type":"module"}', commonjs: '{"type":"commonjs"}', plain: "{}" };
const HELPER = "export enum Bound { High = 5 }\nexport const half = (x: number): number => x / 2;\n";
const TYPESCRIPT = `import { Bound, half } from "./helper.ts";
import { parse } from "yaml";
const space = parse(\`x: {uniform: [0, \${Bound.High}]}\`);
export default { space, objective: (params: { x: number }): number => half(params.x), maxTrials: 7 };
`;
const MODULES = {
  "sweep.ts": TYPESCRIPT,
  "sweep.mts": TYPESCRIPT.replace("helper.ts", "helper.mts"),
  "sweep.cts": TYPESCRIPT.replace("helper.ts", "helper.cts"),
  "sweep.mjs": "export default { space: { x: { uniform: [0, 5] } }, objective: ({ x }) => x / 2, maxTrials: 7 };\n",
  "sweep.cjs": "module.exports = { space: { x: { uniform: [0, 5] } }, objective: ({ x }) => x / 2, maxTrials: 7 };\n",
};
const HELPERS = { "helper.ts": HELPER, "helper.mts": HELPER, "helper.cts": HELPER };

describe.each(Object.entries(PACKAGES))("in a project of kind %s", (_kind, manifest) => {
  it.each(Object.keys(MODULES))("%s is loaded and its objective runs", async (file) => {
    const folder = project({ "package.json": manifest, ...HELPERS, ...MODULES });
    const sweep = await loadSweep(join(folder, file));
    expect(sweep).toMatchObject({
      name: "sweep",
      file: join(folder, file),
      kind: "module",
      command: null,
      maxTrials: 7,
    });
    expect(sweep.source).toEqual({ x: { uniform: [0, 5] } });
    expect(sweep.space.dimensions).toHaveLength(1);
    expect((sweep.objective as (params: unknown) => number)({ x: 3 })).toBe(1.5);
  });

  it("a sweep of defineSweep, and the same file twice", async () => {
    const sweep = `${IMPORTS}export default defineSweep({ space: { x: hp.uniform(0, 1) }, objective: (p) => p.x });`;
    const folder = project({ "package.json": manifest, "my sweep.sweep.ts": sweep });
    const first = await loadSweep(join(folder, "my sweep.sweep.ts"));
    const second = await loadSweep(join(folder, "my sweep.sweep.ts"));
    expect(first.name).toBe("my-sweep");
    expect(second.version).toBe(first.version);
  });
});

it("fills in what a sweep leaves open", async () => {
  const folder = project({ "s.yaml": "space: {x: {uniform: [0, 1]}}\ncommand: [python, train.py, '{args}']\n" });
  const { space, files, version, ...sweep } = await loadSweep(join(folder, "s.yaml"));
  expect(sweep).toEqual({
    name: "s",
    where: [],
    file: join(folder, "s.yaml"),
    kind: "yaml",
    source: { x: { uniform: [0, 1] } },
    objective: null,
    command: ["python", "train.py", "{args}"],
    direction: "minimize",
    metric: "loss",
    maxTrials: 100,
    timeoutMs: null,
    trialTimeoutMs: null,
    slots: 1,
    keepModels: null,
    sampler: { name: "auto", options: {} },
    pruner: { name: "none", options: {} },
    fidelity: null,
    seed: 0,
    requires: [],
    data: [],
    defaults: null,
  });
  expect(version).toMatch(/^[0-9a-f]{64}$/);
});

it("reads every key, from JSON as from YAML", async () => {
  const everything = {
    name: "digits",
    space: {
      lr: { loguniform: [1e-5, 0.1] },
      opt: { choice: [{ type: "sgd", m: { uniform: [0, 1] } }, { type: "adam" }] },
    },
    command: ["./train.sh", "--lr={lr}"],
    direction: "maximize",
    metric: "accuracy",
    maxTrials: 3,
    timeout: "1h30m",
    trialTimeout: 90,
    slots: 2,
    sampler: { tpe: { gamma: 0.2 } },
    pruner: "none",
    seed: 7,
    requires: ["gpu"],
    data: ["data/train.csv"],
    defaults: { lr: 0.01, opt: { type: "sgd", m: 0.9 } },
  };
  const folder = project({ "s.json": JSON.stringify(everything), "data/train.csv": "1,2\n" });
  expect(await loadSweep(join(folder, "s.json"))).toMatchObject({
    name: "digits",
    direction: "maximize",
    metric: "accuracy",
    maxTrials: 3,
    timeoutMs: 5_400_000,
    trialTimeoutMs: 90_000,
    slots: 2,
    sampler: { name: "tpe", options: { gamma: 0.2 } },
    pruner: { name: "none", options: {} },
    seed: 7,
    requires: ["gpu"],
    data: [join(folder, "data/train.csv")],
    defaults: { lr: 0.01, opt: 0, "opt.sgd.m": 0.9 },
  });
});

it("takes samplers and pruners as objects, an objective with its test, and data beside the sweep", async () => {
  const text = `export default {
  space: { x: { uniform: [0, 1] } },
  objective: { evaluate: (p) => p.x, test: () => ({ metrics: { accuracy: 1 } }) },
  sampler: { name: "mine", version: 1, options: {}, propose: () => ({ kind: "exhausted" }) },
  pruner: { name: "eager", options: {}, judge: () => "prune" },
};`;
  const sweep = await loadSweep(join(project({ "package.json": PACKAGES.esm, "sweep.mjs": text }), "sweep.mjs"));
  expect(sweep.sampler).toMatchObject({ name: "mine", version: 1 });
  expect(sweep.pruner).toMatchObject({ name: "eager" });
  expect(sweep.objective).toMatchObject({ evaluate: expect.any(Function), test: expect.any(Function) });
});

const SPACE = "space: { x: { uniform: [0, 1] } }";
type Row = readonly [what: string, text: string, message: string, hint?: string];

const named = ([what, text, message, hint]: Row) => ({ what, text, message, hint: hint ?? null });

const WRONG: readonly Row[] = [
  ["a syntax error", `export default {\n  ${SPACE},\n  seed: 2 3,\n};\n`, 'sweep.ts:3:11: Expected "}" but found "3"'],
  [
    "a local import that is not there",
    '\nimport x from "./nope.ts";\nexport default { x };',
    'sweep.ts:2:15: Could not resolve "./nope.ts"',
  ],
  [
    "a package that is not there",
    'import x from "@no/such-package/deep";\nexport default { x };',
    'sweep.ts: cannot find the package "@no/such-package" that sweep.ts imports',
    "npm install @no/such-package",
  ],
  ["a throw of text", 'throw "boom";\nexport default {};\n', 'sweep.ts: throws while it is loaded: "boom"'],
  [
    "no default export",
    `export const sweep = { ${SPACE} };`,
    "sweep.ts: no default export (it exports sweep)",
    "Write `export default defineSweep({ ... })`.",
  ],
  ["no export", "const x: number = 1;\nvoid x;\n", "sweep.ts: no default export (it exports nothing)"],
  [
    "a default export that is no sweep",
    "export default 3;",
    'sweep.ts: expected a sweep: an object with "space" and "objective" or "command", received 3',
  ],
  ["a sweep without a space", "export default { objective: () => 1 };", 'sweep.ts: the key "space" is missing'],
  [
    "a sweep without an objective",
    `export default { ${SPACE} };`,
    'sweep.ts: one of the keys "objective" and "command" is missing',
  ],
  [
    "both",
    `export default {\n  ${SPACE},\n  objective: () => 1,\n  command: ["x"],\n};`,
    "sweep.ts:4:3: command: a sweep has an objective or a command, not both",
  ],
  [
    "an unknown key",
    `export default {\n  ${SPACE},\n  objective: () => 1,\n  maxTrial: 3, // maxTrial: no\n};`,
    'sweep.ts:4:3: maxTrial: unknown key (did you mean "maxTrials"?)',
  ],
  [
    "a key of the wrong type",
    `const defineSweep = <T>(s: T): T => s;\nexport default defineSweep({\n  ${SPACE},\n  slots: "2",\n  command: ["x"],\n});`,
    'sweep.ts:4:3: slots: expected an integer from 1 to 1024, received "2"',
  ],
  [
    "an objective that is no function",
    `export default { ${SPACE}, objective: 3 };`,
    "sweep.ts:1:53: objective: expected a function, or an object with the functions evaluate and test, received 3",
  ],
  [
    "an objective without its test",
    `export default { ${SPACE}, objective: { evaluate: () => 1 } };`,
    "sweep.ts:1:53: objective: expected a function, or an object with the functions evaluate and test, received {}",
  ],
  [
    "defaults outside the space",
    `export default { ${SPACE}, objective: () => 1, defaults: { x: 2 } };`,
    "sweep.ts:1:85: defaults.x: expected a number from 0 to 1, received 2",
  ],
  [
    "data that is not there",
    `export default { ${SPACE}, command: ["x"], data: ["sweep.tz"] };`,
    'sweep.ts:1:69: data.0: expected a file, relative to the sweep\'s folder (did you mean "sweep.ts"?), received "sweep.tz"',
  ],
];

/** Places that come from a stack. */
const THROWN: readonly Row[] = [
  [
    "a throw",
    `const f = (): never => {\n  throw new RangeError("boom");\n};\nf();\nexport default {};\n`,
    "sweep.ts:2:9: throws while it is loaded: RangeError: boom",
  ],
  [
    "a builder's wrong arguments",
    `${IMPORTS}export default defineSweep({\n  space: { x: hp.uniform(1, 0) },\n  objective: () => 1,\n});`,
    "sweep.ts:3:18: space: expected uniform [low, high] with low < high, received [1,0]",
    "Swap them: [0, 1].",
  ],
  [
    "what parzen itself refuses",
    `const wrong = { name: "ParzenError", code: "OPTION_INVALID", hint: "Take 1." };\nthrow Object.assign(new Error("x: 0"), wrong);\nexport default {};`,
    "sweep.ts:2:21: x: 0",
    "Take 1.",
  ],
  [
    "a wrong space",
    `${IMPORTS}export default defineSweep({\n  space: { "a.b": hp.uniform(0, 1) },\n  objective: () => 1,\n});`,
    'sweep.ts:2:16: space.a.b: expected a key without dots that is not empty, received "a.b"',
  ],
];

describe("one message, with its place, for", () => {
  it.each(WRONG.map(named))("$what", async ({ text, message, hint }) => {
    const folder = project({ "package.json": PACKAGES.esm, "sweep.ts": text });
    const error = (await rejectionOf(() => loadSweep(join(folder, "sweep.ts")))) as Error;
    expect(error).toMatchObject({ name: "SweepError", code: "SWEEP_INVALID" });
    expect(error.message.replaceAll(`${folder}/`, "")).toBe(message);
    if (hint !== null) expect(error).toMatchObject({ hint });
  });

  const kinds = [PACKAGES.esm, PACKAGES.commonjs].flatMap((manifest) =>
    THROWN.map((row) => ({ ...named(row), manifest })),
  );
  it.each(kinds)("$what, with package.json $manifest", ({ text, message, hint, manifest }) => {
    const folder = project({ "package.json": manifest, "sweep.ts": text });
    const args = [join(ROOT, "tests/sweep/load-main.mjs"), "sweep.ts"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({ error: "SweepError", message, ...(hint === null ? {} : { hint }) });
  });

  it("top-level await in CommonJS", async () => {
    const folder = project({
      "package.json": PACKAGES.commonjs,
      "sweep.ts": `const x = 1;\nawait Promise.resolve();\nexport default { x };\n`,
    });
    const error = (await rejectionOf(() => loadSweep(join(folder, "sweep.ts")))) as Error;
    expect(error.message).toContain("sweep.ts:2:1: Top-level await is currently not supported");
    expect(error).toMatchObject({ hint: 'Name the file .mts, or put "type": "module" into package.json.' });
  });

  it("a package that a helper in CommonJS misses", async () => {
    const folder = project({
      "package.json": PACKAGES.commonjs,
      "lib/helper.ts": 'export { x } from "no-such-package";\n',
      "sweep.ts": 'import { x } from "./lib/helper.ts";\nexport default { x };\n',
    });
    const error = (await rejectionOf(() => loadSweep(join(folder, "sweep.ts")))) as Error;
    expect(error.message).toContain('cannot find the package "no-such-package" that ');
    expect(error.message).toContain("lib/helper.ts imports");
  });

  it("a file of another kind", async () => {
    const folder = project({ "sweep.py": "" });
    const error = (await rejectionOf(() => loadSweep(join(folder, "sweep.py")))) as Error;
    expect(error.message).toContain("expected a sweep in a file that ends in .ts, .mts");
  });
});

it("places what is wrong in the relations of a module, at the character", async () => {
  const sweep = (where: string) =>
    `export default {\n  space: { a: { uniform: [0, 1] }, b: { uniform: [0, 1] } },\n  where: ${where},\n  objective: () => 1,\n};\n`;
  const files = { "one.mjs": sweep('["a < b", "a + bb < 1"]'), "function.mjs": sweep("({ a, b }) => a < b") };
  const folder = project(files);
  expect(await rejectionOf(() => loadSweep(join(folder, "one.mjs")))).toMatchObject({
    line: 3,
    column: 25,
    message: expect.stringContaining('where.1: there is no param "bb" (did you mean "b"?)'),
  });
  expect(await rejectionOf(() => loadSweep(join(folder, "function.mjs")))).toMatchObject({
    line: 3,
    message: expect.stringMatching(/where: expected a relation such as .*, received a function/),
    hint: expect.stringContaining("fmin and createStudy"),
  });
});
