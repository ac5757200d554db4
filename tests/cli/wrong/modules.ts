import type { WrongInput } from "./case.ts";

const runTs = ["run", "wrong.ts"];

const LOOSE = 'Promise.reject(new Error("loose"));\nawait new Promise((resolve) => setTimeout(resolve, 1000));\n';

/** What Node.js throws there, also where it loads a module of its own. */
const NO_FILE_LEFT = `Object.assign(new Error("EMFILE: too many open files, open '/a'"), { code: "EMFILE" })`;

/** A sweep in JavaScript; `own` is how a sampler or pruner of one's own begins. */
function broken(key: string, objective = "() => 0"): string {
  return `var own = { name: "own", version: 1, options: {} };
export default { space: { x: { uniform: [0, 1] } }, objective: ${objective}, ${key} };
`;
}

/** Modules of sweeps that throw, or do what a module should not. */
export const WRONG_MODULES: readonly WrongInput[] = [
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
    name: "a module that ends the process before another one is loaded",
    files: {
      "wrong.mjs": "process.exit(0);\nexport default {};\n",
      "right.mjs": "export default { space: { x: { uniform: [0, 1] } }, objective: ({ x }) => x };\n",
    },
    endsProcess: true,
    args: ["worker", "wrong.mjs", "right.mjs", "--store", "redis://127.0.0.1:1"],
    code: 2,
    message: /^error: wrong\.mjs: it ended the process while it was loaded\nA sweep's file [^\n]*\n$/,
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
    message: /^error: wrong\.mjs: it awaited what never came while it was loaded\n/,
  },
  {
    name: "a module whose definition never comes",
    files: { "wrong.mjs": 'export default Promise.reject(new Error("no data"));\n' },
    args: ["run", "wrong.mjs"],
    code: 2,
    message: /^error: wrong\.mjs:1:31: throws while it is loaded: Error: no data\n$/,
  },
  {
    name: "a module with a promise that fails and that nobody waits for",
    files: { "wrong.mjs": `${LOOSE}export default {};\n` },
    endsProcess: true,
    args: ["run", "wrong.mjs"],
    code: 2,
    message: /^error: wrong\.mjs:1:16: throws while it is loaded: Error: loose\n$/,
  },
  {
    name: "a getter that throws inside of a space",
    files: {
      "wrong.mjs":
        'const space = { get x() { throw new Error("later"); } };\nexport default { space, objective: () => 0 };\n',
    },
    args: ["validate", "wrong.mjs"],
    code: 2,
    message: /^error: wrong\.mjs:1:33: Error: later\nParzen called it, and cannot go on without it\.\n$/,
  },
  {
    name: "a sampler of one's own that throws",
    files: { "wrong.mjs": broken('sampler: { ...own, propose() { throw new RangeError("no idea"); } }') },
    args: ["run", "wrong.mjs"],
    code: 2,
    message: /^error: wrong\.mjs:2:\d+: RangeError: no idea\nParzen called it, and cannot go on without it\.\n$/,
  },
  {
    name: "a sampler of one's own that the machine leaves no file to open",
    files: { "wrong.mjs": broken(`sampler: { ...own, propose() { throw ${NO_FILE_LEFT}; } }`) },
    args: ["run", "wrong.mjs"],
    code: 1,
    message:
      /^error: this machine cannot go on: too many open files\nMend it and go on: what was stored before is there\n$/,
  },
  {
    name: "options of a sampler that hold themselves",
    files: { "wrong.mjs": `${broken("sampler: { tpe: own }")}own.tpe = own;\n` },
    args: ["run", "wrong.mjs"],
    code: 2,
    message: /sampler: expected a sampler: .*, received \{"tpe":.*\[circular\]/,
  },
  {
    name: "a check that is no function",
    files: { "wrong.mjs": broken("", "{ evaluate: () => 0, test: () => ({}), check: true }") },
    args: ["run", "wrong.mjs"],
    code: 2,
    message: /objective: expected .*, received \{"check":true\}\nIts check, where it has one, is a function too\.\n$/,
  },
  {
    name: "a check that throws a text",
    files: { "wrong.mjs": broken("", '{ evaluate: () => 0, test: () => ({}), check() { throw "no" } }') },
    args: ["run", "wrong.mjs"],
    code: 2,
    message: /^error: wrong\.mjs: the objective's check: threw "no"\n$/,
  },
];
