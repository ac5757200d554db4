import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";

/** Rooms from the inside out, rooms of one line side by side: a file imports from its own room and from inner ones. */
const ROOMS: readonly (readonly string[])[] = [
  ["errors"],
  ["random"],
  ["numerics"],
  ["space"],
  ["trial"],
  ["samplers", "pruners", "training"],
  ["importance"],
  ["sweep"],
  ["artifacts"],
  ["store"],
  ["executor"],
  ["study"],
  ["testing"],
  ["index"],
];

/** Rooms within a room, likewise; `.` are the files of the room itself, which may stand anywhere where it is left out. */
const WITHIN: { readonly [room: string]: readonly string[] } = {
  "src/samplers/gp": ["data", "kernel", "fit", "belief", "search", "."],
  "src/store/redis": ["rows", "scripts", "server", "."],
  "src/executor": [".", "process", "slot", "command", "module", "pool", "bullmq"],
  "src/study": ["view", "proposal", "attempt", "dispatch", "driver", "."],
  cli: [
    ...["templates", "options", "render", "study", "server", "metrics"],
    ...["trials", "report", "sweep", "worker", "run", "rerun", "commands"],
  ],
};

/** What stands outside `src`: each may import `src` and what is listed, never the reverse. Benches judge sweeps too. */
const OUTSIDE: { readonly [room: string]: readonly string[] } = {
  "search-spaces": [],
  workers: [],
  plots: [],
  cli: ["workers", "plots"],
  bench: ["search-spaces"],
  tests: ["cli", "workers", "plots", "bench", "search-spaces"],
};

/** Third-party packages and the only places that may import them, by the beginning of the path. */
const HOMES: { readonly [name: string]: readonly string[] } = {
  "fastest-levenshtein": ["src/errors.ts"],
  seedrandom: ["src/random/"],
  yaml: ["src/sweep/", "cli/"],
  esbuild: ["src/sweep/"],
  tsx: ["src/sweep/"],
  libsql: ["src/store/sqlite/"],
  valibot: ["src/store/", "src/executor/", "src/sweep/", "src/artifacts/"],
  "csv-parse": ["src/training/"],
  "fast-png": ["src/training/datasets/decode-image.ts"],
  "jpeg-js": ["src/training/datasets/decode-image.ts"],
  "csv-stringify": ["cli/"],
  commander: ["cli/"],
  picocolors: ["cli/"],
  "log-update": ["cli/"],
  "slice-ansi": ["cli/"],
  "string-width": ["cli/"],
  "pretty-ms": ["cli/"],
  echarts: ["plots/echarts.ts"],
  bullmq: ["src/executor/bullmq/", "workers/"],
  ioredis: ["src/store/redis/", "src/executor/bullmq/"],
  webgpu: ["src/training/"],
  vitest: ["src/testing/"],
};

/** The core: no I/O, no clock. */
const CORE = ["errors", "random", "numerics", "space", "trial", "samplers", "pruners", "importance"];

const MAX_LINES = 300;

interface Source {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** What a file imports: static, `export from`, `import()`, `require()` and `new URL(..., import.meta.url)`. */
function importsOf({ text }: Source): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const forms = [
    /^\s*(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']/gm,
    /^\s*import\s*["']([^"']+)["']/gm,
    /\bimport\s*\(\s*["'`]([^"'`]+)["'`]/g,
    /\brequire(?:\.resolve)?\s*\(\s*["'`]([^"'`]+)["'`]/g,
    /\bnew URL\s*\(\s*["'`](\.[^"'`]+)["'`]/g,
    /\bimport\.meta\.resolve\s*\(\s*["'`]([^"'`]+)["'`]/g,
  ];
  return forms.flatMap((form) => [...code.matchAll(form)].map(([, target = ""]) => target));
}

/** `src/space/hp.ts` is in the room `space`, `cli/main.ts` in `cli`. */
function roomOf(path: string): string {
  const [top = "", next = ""] = path.split("/");
  return top === "src" ? next.replace(/\.ts$/, "") : top;
}

function floorOf(path: string): number {
  return path.startsWith("src/") ? ROOMS.findIndex((floor) => floor.includes(roomOf(path))) : ROOMS.length;
}

/** The local file that an import leads to, or null for a package. */
function target(source: Source, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  return posix.join(posix.dirname(source.path), specifier);
}

function unknownRooms(sources: readonly Source[]): readonly string[] {
  const known = (path: string): boolean =>
    (path.startsWith("src/") ? floorOf(path) >= 0 : roomOf(path) in OUTSIDE) &&
    Object.keys(WITHIN).every((room) => depthIn(room, path) !== -1);
  return sources.filter(({ path }) => !known(path)).map(({ path }) => `${path}: no room "${roomOf(path)}"`);
}

function outwardImports(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .map((specifier) => target(source, specifier))
      .filter((path) => path !== null)
      .filter((path) => !mayImport(source.path, path))
      .map((path) => `${source.path} -> ${path}`),
  );
}

function mayImport(from: string, to: string): boolean {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (Object.keys(WITHIN).some((room) => depthIn(room, to) > depthIn(room, from))) return false;
  if (from.startsWith("src/")) {
    if (!to.startsWith("src/")) return false;
    return here === there || (floorOf(to) >= 0 && floorOf(to) < floorOf(from));
  }
  return here === there || !(there in OUTSIDE) || (OUTSIDE[here] ?? []).includes(there);
}

/** How far out a file is within a room of rooms, -1 for a room that nobody knows, NaN where that says nothing of it. */
function depthIn(room: string, path: string): number {
  if (!path.startsWith(`${room}/`)) return Number.NaN;
  const inner = WITHIN[room] ?? [];
  const [next = "", ...below] = path.slice(room.length + 1).split("/");
  if (below.length > 0) return inner.indexOf(next);
  return inner.includes(".") ? inner.indexOf(".") : Number.NaN;
}

function homelessPackages(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) =>
    importsOf(source)
      .filter((specifier) => /^[a-z@]/.test(specifier) && !/^(node|data|file):/.test(specifier))
      .map((specifier) =>
        specifier
          .split("/")
          .slice(0, specifier.startsWith("@") ? 2 : 1)
          .join("/"),
      )
      .filter((name) => name !== "parzen" && !isAtHome(name, source.path))
      .map((name) => `${source.path} imports ${name}`),
  );
}

function isAtHome(name: string, path: string): boolean {
  if (/^(tests|bench)\//.test(path)) return true;
  const homes = name.startsWith("@tensorflow/") ? ["src/training/"] : (HOMES[name] ?? []);
  return homes.some((home) => path.startsWith(home));
}

function platformInCore(sources: readonly Source[]): readonly string[] {
  const core = sources.filter(({ path }) => path.startsWith("src/") && CORE.includes(roomOf(path)));
  return core.flatMap((source) =>
    importsOf(source)
      .filter((specifier) => specifier.startsWith("node:"))
      .map((specifier) => `${source.path} imports ${specifier}`),
  );
}

/** Each cycle once, as the path from a file back to itself. Imports of types count: they bind as much. */
function cycles(sources: readonly Source[]): readonly string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const graph = new Map(sources.map((source) => [source.path, localTargets(source, paths)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(" -> "));
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of paths) visit(path, []);
  return found;
}

function localTargets(source: Source, known: ReadonlySet<string>): readonly string[] {
  return importsOf(source).flatMap((specifier) => {
    const path = target(source, specifier);
    return path !== null && known.has(path) ? [path] : [];
  });
}

function longFiles(sources: readonly Source[]): readonly string[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

function sourcesIn(folder: string): readonly Source[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[cm]?ts$/.test(name) && !name.includes("node_modules") && !name.startsWith("fixtures"))
    .map((name) => `${folder}/${name}`.replaceAll("\\", "/"))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

const product = ["src", "plots", "cli", "workers", "search-spaces"].flatMap(sourcesIn);
/** This file is left out: it holds planted imports as text. */
const all = [...product, ...["bench", "tests"].flatMap(sourcesIn)].filter(
  ({ path }) => path !== "tests/architecture.test.ts",
);

describe("the rooms", () => {
  it("are all known", () => expect(unknownRooms(all)).toEqual([]));
  it("import inward only", () => expect(outwardImports(all)).toEqual([]));
  it("keep third-party packages at home", () => expect(homelessPackages(all)).toEqual([]));
  it("of the core name no platform", () => expect(platformInCore(all)).toEqual([]));
  it("have no import cycles", () => expect(cycles(product)).toEqual([]));
  it(`have no file over ${MAX_LINES} lines`, () => expect(longFiles(all)).toEqual([]));
  it("are there at all", () => {
    expect(product.length).toBeGreaterThan(50);
    expect(product.flatMap(importsOf).length).toBeGreaterThan(product.length);
  });
});

describe("this test can fail:", () => {
  const planted = (path: string, text: string): readonly Source[] => [{ path, text }];

  it.each([
    ['import { x } from "../trial/x.ts";', "a static import"],
    ['import type { x } from "../trial/x.ts";', "an import of a type"],
    ['import {\n  x,\n} from "../trial/x.ts";', "an import over several lines"],
    ['import "../trial/x.ts";', "a bare import"],
    ['export * from "../trial/x.ts";', "a re-export"],
    ['const x = await import("../trial/x.ts");', "a dynamic import"],
    ["const x = () => import(`../trial/x.ts`);", "a dynamic import of a template"],
    ['const x = new URL("../trial/x.ts", import.meta.url);', "a URL"],
    ['const x = import.meta.resolve("../trial/x.ts");', "import.meta.resolve"],
    ['const x = require("../trial/x.ts");', "require"],
  ])("%s", (text, _what) => {
    expect(outwardImports(planted("src/space/a.ts", text))).toEqual(["src/space/a.ts -> src/trial/x.ts"]);
    expect(outwardImports(planted("src/study/a.ts", text))).toEqual([]);
  });

  it("the neighbour's room, a way out of src, a deep file", () => {
    expect(outwardImports(planted("src/samplers/a.ts", 'import "../pruners/b.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("src/study/a.ts", 'import "../../cli/b.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("src/store/sqlite/a.ts", 'import "../../study/b.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("workers/a.ts", 'import "../cli/b.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("cli/a.ts", 'import "../src/index.ts";'))).toEqual([]);
    expect(outwardImports(planted("src/study/view/a.ts", 'import "../driver/b.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("src/study/driver/a.ts", 'import "../study.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("src/study/a.ts", 'import "./driver/b.ts";'))).toEqual([]);
    expect(outwardImports(planted("cli/options/a.ts", 'import "../run/b.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("cli/options/a.ts", 'import "../exit.ts";'))).toEqual([]);
    expect(outwardImports(planted("src/executor/a.ts", 'import "./pool/b.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("src/samplers/gp/data/a.ts", 'import "../fit/b.ts";'))).toHaveLength(1);
    expect(outwardImports(planted("src/samplers/gp/data/a.ts", 'import "../../points.ts";'))).toEqual([]);
  });

  it("an unknown room", () => {
    expect(unknownRooms(planted("src/helpers/a.ts", ""))).toEqual(['src/helpers/a.ts: no room "helpers"']);
    expect(unknownRooms(planted("scripts/a.ts", ""))).toHaveLength(1);
    expect(unknownRooms(planted("src/study/helpers/a.ts", ""))).toHaveLength(1);
  });

  it("a package outside its home", () => {
    expect(homelessPackages(planted("src/space/a.ts", 'import { parse } from "yaml";'))).toEqual([
      "src/space/a.ts imports yaml",
    ]);
    expect(homelessPackages(planted("src/study/a.ts", 'await import("@tensorflow/tfjs-core/dist/x");'))).toEqual([
      "src/study/a.ts imports @tensorflow/tfjs-core",
    ]);
    expect(homelessPackages(planted("cli/a.ts", 'import "left-pad";'))).toEqual(["cli/a.ts imports left-pad"]);
    expect(homelessPackages(planted("cli/a.ts", 'import { Command } from "commander";'))).toEqual([]);
  });

  it("the platform in the core", () => {
    expect(platformInCore(planted("src/trial/a.ts", 'import { join } from "node:path";'))).toHaveLength(1);
    expect(platformInCore(planted("src/sweep/a.ts", 'import { join } from "node:path";'))).toEqual([]);
  });

  it("a cycle, through a third file too", () => {
    const a = { path: "src/space/a.ts", text: 'import "./b.ts";' };
    const b = { path: "src/space/b.ts", text: 'export { c } from "./c.ts";' };
    const c = { path: "src/space/c.ts", text: 'import type { A } from "./a.ts";' };
    expect(cycles([a, b, c])).toEqual(["src/space/a.ts -> src/space/b.ts -> src/space/c.ts -> src/space/a.ts"]);
    expect(cycles([a, b])).toEqual([]);
  });

  it("a file of 301 lines", () => {
    expect(longFiles(planted("src/space/a.ts", "x;\n".repeat(301)))).toEqual(["src/space/a.ts has 301 lines"]);
    expect(longFiles(planted("src/space/a.ts", "x;\n".repeat(300)))).toEqual([]);
  });

  it("but not on what only looks like an import", () => {
    expect(importsOf({ path: "", text: '/** import { x } from "../study/x.ts" */\n// import("./y.ts")\n' })).toEqual(
      [],
    );
  });
});
