import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { objective, type WrongInput, yaml } from "./case.ts";

const run = ["run", "wrong.yaml"];
const runTs = ["run", "wrong.ts"];

/** Sweep files that cannot be run. */
export const WRONG_SWEEPS: readonly WrongInput[] = [
  {
    name: "YAML that does not parse",
    files: { "wrong.yaml": "command: [echo\nspace: { x: { uniform: [0, 1] } }\n" },
    args: run,
    code: 2,
    message: /wrong\.yaml:2:\d+: /,
  },
  {
    name: "a sweep without a name",
    args: ["run", ""],
    code: 3,
    message: /^error: "" is no file\nGive the path of a sweep/,
  },
  {
    name: "a sweep that is a link to nothing",
    arrange: (folder) => symlinkSync("gone.yaml", join(folder, "wrong.yaml")),
    args: run,
    code: 3,
    message: /^error: wrong\.yaml is no file\nGive the path of a sweep/,
  },
  {
    name: "swapped bounds in YAML",
    files: { "wrong.yaml": yaml({ space: "{ x: { uniform: [1, 0] } }" }) },
    args: run,
    code: 2,
    message: /wrong\.yaml:2:\d+: space\.x: expected uniform \[low, high\] with low < high, received \[1,0\]/,
  },
  {
    name: "an unknown key",
    files: { "wrong.yaml": yaml({ maxTrails: "3" }) },
    args: run,
    code: 2,
    message: /wrong\.yaml:3:1: maxTrails: unknown key \(did you mean "maxTrials"\?\)/,
  },
  {
    name: "no space",
    files: { "wrong.yaml": yaml({ space: null }) },
    args: run,
    code: 2,
    message: /wrong\.yaml:1:1: the key "space" is missing/,
  },
  {
    name: "a function in YAML",
    files: { "wrong.yaml": yaml({ command: null, objective: "train" }) },
    args: run,
    code: 2,
    message: /objective: a function cannot be written in YAML/,
  },
  {
    name: "an unknown sampler in the sweep",
    files: { "wrong.yaml": yaml({ sampler: "tpee" }) },
    args: run,
    code: 2,
    message: /sampler.*tpee.*did you mean "tpe"/,
  },
  {
    name: "a sampler that does not fit its space",
    files: { "wrong.yaml": yaml({ sampler: "{ partial: { fixed: { lr: 3 }, sampler: tpe } }" }) },
    args: run,
    code: 2,
    message: /^error: wrong\.yaml:3:10: sampler: partial: the space has no "lr"\nIts params are x\.\n$/,
  },
  {
    name: "a sampler that does not fit its space, in a dry run of a module",
    files: {
      "wrong.ts": `import { defineSweep, grid, hp } from "parzen";
export default defineSweep({
  space: { x: hp.uniform(0, 1) },
  sampler: grid({ steps: { y: 3 } }),
  command: ["true"],
});
`,
    },
    args: [...runTs, "--dry-run"],
    code: 2,
    message: /^error: wrong\.ts:4:3: sampler: grid steps: the space has no "y"\nIts params are x\.\n$/,
  },
  {
    name: "defaults outside the space",
    files: { "wrong.yaml": yaml({ defaults: "{ x: 7 }" }) },
    args: run,
    code: 2,
    message: /wrong\.yaml:3:\d+: defaults\.x: expected a number from 0 to 1, received 7/,
  },
  {
    name: "data that is not there",
    files: { "wrong.yaml": yaml({ data: "[train.csv]" }), "trian.csv": "" },
    args: run,
    code: 2,
    message: /data\.0: expected a file.*did you mean "trian\.csv"/,
  },
  {
    name: "an empty file",
    files: { "wrong.yaml": "" },
    args: run,
    code: 2,
    message: /^error: wrong\.yaml: the file is empty, or holds nothing but comments\n$/,
  },
  {
    name: "a binary file",
    files: { "wrong.yaml": Uint8Array.from({ length: 4096 }, (_, index) => (index * 197) % 256) },
    args: run,
    code: 2,
    message: /wrong\.yaml/,
  },
  {
    name: "a folder in place of a sweep",
    arrange: (folder) => mkdirSync(join(folder, "sweeps")),
    args: ["run", "sweeps"],
    code: 3,
    message: /sweeps is a folder/,
  },
  {
    name: "a file that is not there",
    files: { "train.yaml": yaml() },
    args: ["run", "trian.yaml"],
    code: 3,
    message: /trian\.yaml is no file \(did you mean "train\.yaml"\?\)/,
  },
  {
    name: "a file of another kind",
    files: { "notes.txt": "space" },
    args: ["run", "notes.txt"],
    code: 2,
    message: /notes\.txt: expected a sweep in a file that ends in \.ts/,
  },
  {
    name: "a TypeScript syntax error",
    files: { "wrong.ts": "export default {\n  space: { x: },\n};\n" },
    args: runTs,
    code: 2,
    message: /wrong\.ts:2:\d+: /,
  },
  {
    name: "a package that is not installed",
    files: { "wrong.ts": 'import { x } from "no-such-package";\nexport default x;\n' },
    args: runTs,
    code: 2,
    message: /cannot find the package "no-such-package".*\n.*npm install no-such-package/,
  },
  {
    name: "a local module that is not there",
    files: { "wrong.ts": 'import { x } from "./data.ts";\nexport default x;\n' },
    args: runTs,
    code: 2,
    message: /wrong\.ts:1:\d+: .*\.\/data\.ts/,
  },
  {
    name: "no default export",
    files: { "wrong.ts": "export const sweep = {};\n" },
    args: runTs,
    code: 2,
    message: /wrong\.ts: no default export \(it exports sweep\)/,
  },
  {
    name: "a module that throws",
    files: {
      "wrong.ts": 'const file: string = "x.csv";\nthrow new Error("no data in " + file);\nexport default {};\n',
    },
    args: runTs,
    code: 2,
    message: /wrong\.ts:2:\d+: throws while it is loaded: Error: no data in x\.csv/,
  },
  {
    name: "a module that ends the process",
    files: { "wrong.ts": "process.exit(0);\nexport default {};\n" },
    endsProcess: true,
    args: runTs,
    code: 2,
    message: /^error: wrong\.ts: it ended the process while it was loaded\n/,
  },
  {
    name: "a module that ends the process when it is checked",
    files: { "wrong.ts": 'console.log("hello");\nprocess.exit(0);\nexport default {};\n' },
    endsProcess: true,
    args: ["validate", "wrong.ts"],
    code: 2,
    message: /^error: wrong\.ts: it ended the process while it was loaded\n/m,
  },
  {
    name: "a module that awaits what never comes",
    files: { "wrong.mjs": "await new Promise(() => undefined);\nexport default {};\n" },
    endsProcess: true,
    args: ["run", "wrong.mjs"],
    code: 2,
    message: /^error: wrong\.mjs: it awaits what never comes while it was loaded\n/,
  },
  {
    name: "swapped bounds in TypeScript",
    files: { "wrong.ts": objective("").replace("hp.uniform(0, 1)", "hp.uniform(1, 0)") },
    args: runTs,
    code: 2,
    message: /wrong\.ts:\d+:\d+: .*expected uniform \[low, high\] with low < high, received \[1,0\]/,
  },
  {
    name: "a key with a dot",
    files: { "wrong.ts": objective("").replace("{ x:", '{ "a.b":') },
    args: runTs,
    code: 2,
    message: /a\.b: expected a key without dots/,
  },
  {
    name: "an objective that is no function",
    files: { "wrong.ts": "export default { space: { x: { uniform: [0, 1] } }, objective: 3 };\n" },
    args: runTs,
    code: 2,
    message: /objective: expected a function.*received 3/,
  },
];
