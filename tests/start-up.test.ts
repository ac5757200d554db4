import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, it } from "vitest";

/** What a file imports before it does anything: `import()` comes later, and types not at all. */
function importsOf(path: string): readonly string[] {
  const text = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const statements = /^(?:import|export)\s+(?!type\b)(?:[^;"'`()]*?\sfrom\s+)?["']([^"']+)["']/gm;
  return [...text.matchAll(statements)].map(([, target = ""]) =>
    target.startsWith(".") ? posix.join(posix.dirname(path), target) : target,
  );
}

/** Everything that is loaded with a file, packages too. */
function loadedWith(entry: string): readonly string[] {
  const loaded = new Set([entry]);
  for (const path of loaded) if (path.endsWith(".ts")) for (const each of importsOf(path)) loaded.add(each);
  return [...loaded];
}

const SEARCH = /^src\/(samplers|pruners|numerics|executor\/(slot|pool|bullmq))\//;
const PACKAGES = /^(yaml|src\/sweep\/code\/esbuild|tsx|bullmq|ioredis|libsql|seedrandom|log-update|@tensorflow)/;

it.each(["list", "best", "trials", "export", "control", "set", "enqueue", "delete", "workers", "accept", "doctor"])(
  "the command of %s.ts begins without what proposes and runs trials",
  (name) => {
    const loaded = loadedWith(`cli/commands/${name}.ts`);
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.filter((path) => SEARCH.test(path) || PACKAGES.test(path))).toEqual([]);
  },
);

it("why a study is not served is told without BullMQ", () => {
  const loaded = loadedWith("cli/study/fleet-standing.ts");
  expect(loaded).toContain("cli/study/notes.ts");
  expect(loaded).not.toContain("src/executor/bullmq/bullmq.ts");
});

it("the program begins with no command", () => {
  expect(loadedWith("cli/main.ts").filter((path) => /^cli\/commands\/(?!index)/.test(path))).toEqual([]);
});

it("a trial's child begins without bundler, samplers and the parser of YAML", () => {
  const loaded = loadedWith("src/executor/module/child.ts");
  expect(loaded).toContain("src/sweep/load.ts");
  expect(
    loaded.filter((path) => /^src\/((samplers|pruners|study|store)\/|sweep\/code\/esbuild\.ts)|^yaml$/.test(path)),
  ).toEqual([]);
});

it("the package begins without a driver", () => {
  const loaded = loadedWith("src/index.ts");
  expect(loaded).toContain("src/study/open.ts");
  expect(loaded).not.toContain("src/study/driver/driver.ts");
});

it("large packages of CommonJS are required: an import would scan them for names first", () => {
  const files = ["cli", "src", "workers"].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => posix.join(room, name)),
  );
  const importing = files.filter((file) => {
    const later = [...readFileSync(file, "utf8").matchAll(/\bawait import\("([^"]+)"\)/g)].map(([, target]) => target);
    return [...importsOf(file), ...later].some((target) => target === "bullmq" || target === "esbuild");
  });
  expect(files).toContain("src/sweep/code/esbuild.ts");
  expect(importing).toEqual([]);
});
