import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { install, NODE, pack, project, REPOSITORY, root, run } from "./packed.ts";

let tarball: string;
let nodeModules: string;

beforeAll(async () => {
  tarball = await pack();
  nodeModules = await install(tarball);
}, 300_000);

const bin = (name: string): string => join(REPOSITORY, "node_modules", ".bin", name);

describe("the packed tarball", () => {
  it("is clean for publint", async () => {
    const linted = await run(bin("publint"), ["run", join(nodeModules, "parzen"), "--strict", "--pack", "false"], root);
    expect(linted).toMatchObject({ code: 0 });
  });

  it("is clean for attw", async () => {
    const { code, stdout } = await run(bin("attw"), ["--profile", "esm-only", "--no-color", tarball], root);
    expect(code, stdout).toBe(0);
  });

  it("holds what the package needs, and no tests or sources", () => {
    expect(readdirSync(join(nodeModules, "parzen"))).toEqual(
      expect.arrayContaining(["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json", "search-spaces"]),
    );
    const pages = readdirSync(join(REPOSITORY, "docs")).toSorted(); // messages and the README point at them
    expect(readdirSync(join(nodeModules, "parzen", "docs")).toSorted()).toEqual(pages);
    for (const folder of ["src", "tests", "bench"]) expect(existsSync(join(nodeModules, "parzen", folder))).toBe(false);
  });
});

describe.each([
  ["an ESM project", "esm", { type: "module" }],
  ["a CommonJS project", "cjs", {}],
])("in %s", (_title, name, manifest) => {
  let folder: string;
  beforeAll(() => {
    folder = project(name, nodeModules, manifest);
  });

  const npx = (...args: string[]): ReturnType<typeof run> => run("npx", ["parzen", ...args], folder);
  /** The same without npm, which takes longer to start than the program. */
  const parzen = (...args: string[]): ReturnType<typeof run> =>
    run(NODE, [join(folder, "node_modules/.bin/parzen"), ...args], folder);
  /** As a shell starts it, by its first line. */
  const started = (...args: string[]): ReturnType<typeof run> =>
    run(join(folder, "node_modules/.bin/parzen"), args, folder);

  it("init writes a TypeScript sweep that type-checks with inferred params and runs as it stands", async () => {
    const init = await npx("init");
    expect(init).toMatchObject({ code: 0, stdout: "Wrote sweep.ts.\n" });
    expect(init.stderr).toMatch(/^Run it with: npx parzen run sweep\.ts$/m);
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
    expect(await run(bin("tsc"), [...options, "sweep.ts"], folder)).toMatchObject({ stdout: "", code: 0 });
    const ran = await parzen("run", "sweep.ts", "-n", "12");
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/12 complete/);
    expect(ran.stdout).toMatch(/best is trial/);
  });

  it("init --command writes a sweep and a script that run as they stand", async () => {
    const init = await parzen("init", "--command");
    expect(init.stdout).toMatch(/^Wrote command\.yaml and objective\.(py|mjs)\.\n$/);
    const ran = await parzen("run", "command.yaml", "-n", "12");
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/12 complete/);
  });

  it("init --command for Node writes a script that finds the same losses", async () => {
    expect((await parzen("init", "node.yaml", "--command", "node", "trial.mjs")).stdout).toBe(
      "Wrote node.yaml and trial.mjs.\n",
    );
    expect((await parzen("run", "node.yaml", "-n", "6")).code).toBe(0);
    const losses = async (study: string): Promise<number[]> => {
      const { stdout } = await parzen("export", "json", study);
      return JSON.parse(stdout)
        .slice(0, 6)
        .map(({ loss }: { loss: number }) => Number(loss.toPrecision(9)));
    };
    expect(await losses("node")).toEqual(await losses("sweep"));
  });

  it("runs on the Node that is meant", async () => {
    const { version } = JSON.parse((await started("doctor", "--json")).stdout).node;
    expect(`${version}\n`).toBe((await run(NODE, ["--version"], folder)).stdout);
  });

  it("init overwrites nothing", async () => {
    const again = await parzen("init");
    expect(again).toMatchObject({ code: 2, stdout: "" });
    expect(again.stderr).toMatch(/sweep\.ts is there already; nothing was written/);
  });
});

describe("as a library", () => {
  const files = ["main.mjs", "node_modules", "package.json"];

  function node(name: string, text: string): ReturnType<typeof run> {
    const folder = project(name, nodeModules, {});
    writeFileSync(join(folder, "main.mjs"), text);
    return run(NODE, ["main.mjs"], folder);
  }

  it("an import prints nothing, writes no file and lets the process exit", async () => {
    const ended = await node("import-only", 'import "parzen";');
    expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readdirSync(join(root, "import-only"))).toEqual(files);
  });

  it("an import, and fmin in memory, load no native module and set no handler of the process", async () => {
    const ended = await node("observed", OBSERVED);
    expect(ended.stderr).toBe("");
    expect(JSON.parse(ended.stdout)).toEqual({ libraries: [], listeners: [], files, trials: 5 });
    expect(ended.code).toBe(0);
  });

  it("every part of it can be imported", async () => {
    const parts = ["parzen/redis", "parzen/training", "parzen/plots", "parzen/package.json"];
    const imports = parts.map(
      (part) => `await import("${part}"${part.endsWith("json") ? ', { with: { type: "json" } }' : ""});`,
    );
    expect(await node("parts", imports.join("\n"))).toMatchObject({ code: 0, stdout: "" });
  });

  it("draws with the charting library that it brings, whose licences are beside it", async () => {
    const ended = await node("drawn", DRAWN);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toMatch(/^<svg /);
    expect(existsSync(join(nodeModules, "echarts"))).toBe(false);
    const licences = readdirSync(join(nodeModules, "parzen/dist/plots/licences")).toSorted();
    expect(licences).toEqual(["echarts-LICENSE", "echarts-LICENSE-d3", "echarts-NOTICE", "zrender-LICENSE"]);
  });

  it("can be required by a CommonJS program", async () => {
    writeFileSync(join(root, "cjs", "main.cjs"), 'console.log(typeof require("parzen").fmin);');
    expect(await run(NODE, ["main.cjs"], join(root, "cjs"))).toMatchObject({ code: 0, stdout: "function\n" });
  });
});

it("a library of sweeps and objectives can emit its declarations", async () => {
  const folder = project("declared", nodeModules, { type: "module" });
  writeFileSync(join(folder, "sweep.ts"), DECLARED);
  const options = ["--declaration", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
  expect(await run(bin("tsc"), [...options, "sweep.ts"], folder)).toMatchObject({ stdout: "", code: 0 });
});

/** Exports whose types are inferred, each of which the compiler has to name by what the package exports. */
const DECLARED = `
import { defineSweep, hp } from "parzen";
import type { FailedStudyTrial, Objective, ParamsOf, Store, StudyListeners, TestableObjective } from "parzen";
import type { TrialContext } from "parzen";
export const space = {
  numbers: [
    hp.uniform(0, 1), hp.quniform(0, 1, 0.1), hp.loguniform(1, 2), hp.qloguniform(1, 2, 0.1), hp.uniformint(0, 1),
    hp.normal(0, 1), hp.qnormal(0, 1, 0.1), hp.lognormal(0, 1), hp.qlognormal(0, 1, 0.1), hp.randint(3),
  ],
  options: [hp.choice(["a", { b: hp.uniform(0, 1) }]), hp.pchoice([[0.5, 1], [0.5, 2]])],
} as const;
export const signalOf = (trial: TrialContext) => trial.signal;
export const objective: Objective<ParamsOf<typeof space>> = async ({ numbers }, trial) => {
  await fetch("http://127.0.0.1", { signal: trial.signal });
  return numbers[0];
};
export default defineSweep({ space, objective });
export const ofCheck = (...[study]: Parameters<NonNullable<TestableObjective<unknown>["check"]>>) => study;
export const ofChange = (...[change]: Parameters<NonNullable<StudyListeners<unknown>["samplerChanged"]>>) => change;
export const reasonOf = (trial: FailedStudyTrial<unknown>) => trial.reason;
export const ofStore = (store: Store) => ({
  ...store,
  reserve: async (...[name, reservation]: Parameters<Store["reserve"]>) => store.reserve(name, reservation),
  lead: async (...[, holder, options]: Parameters<Store["lead"]>) => [holder, options] as const,
});
`;

const DRAWN = `
import { createStudy, hp } from "parzen";
import { plot } from "parzen/plots";
const study = await createStudy({ name: "s", space: { x: hp.uniform(0, 1) }, maxTrials: 3 });
await study.optimize(({ x }) => x);
console.log(await plot(study, "history"));
`;

/** Compares the process before and after: shared libraries, listeners, files. */
const OBSERVED = `
import { readdirSync } from "node:fs";
process.report.excludeNetwork = true;
const libraries = () => process.report.getReport().sharedObjects;
const listeners = () => process.eventNames().map((name) => \`\${String(name)} \${process.listenerCount(name)}\`);
const before = [...libraries(), ...listeners()];
const { fmin, hp } = await import("parzen");
const { trials } = await fmin((params) => params.x ** 2, { x: hp.uniform(-1, 1) }, { maxTrials: 5 });
console.log(JSON.stringify({
  libraries: libraries().filter((library) => !before.includes(library)),
  listeners: listeners().filter((listener) => !before.includes(listener)),
  files: readdirSync("."),
  trials: trials.length,
}));
`;
