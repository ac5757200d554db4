import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

/**
 * What the compiler may spend on a sweep over 220 params in 20 blocks, each with a choice three deep. It needs 9,528
 * instantiations, of which 3,054 are there without the blocks.
 */
const BUDGET = 10_000;

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "parzen-types-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const block = (i: number): string => `
  block${i}: {
    lr: hp.loguniform(1e-5, ${i + 1}),
    decay: hp.uniform(0, ${i + 1}),
    units: hp.quniform(8, ${64 + i * 8}, 8),
    act: hp.choice(["relu${i}", "linear", null]),
    optimizer: hp.choice([
      { type: "sgd${i}", momentum: hp.uniform(0, 0.99) },
      { type: "adam${i}", beta: hp.uniform(0.8, 0.999), warmup: hp.choice([
        { kind: "none${i}" },
        { kind: "linear${i}", steps: hp.uniformint(1, 100), after: hp.pchoice([
          [0.5, { name: "constant${i}" }],
          [0.5, { name: "cosine${i}", cycles: hp.uniformint(1, 5) }],
        ]) },
      ]) },
    ]),
  },`;

/** @param check a statement about `params` of the last block */
const source = (blocks: number, check: string): string => `
import { hp } from "${local("src/space/hp.ts")}";
import { defineSweep } from "${local("src/sweep/define.ts")}";
import { type Equals, exact } from "${local("tests/types/exact.ts")}";
export const sweep = defineSweep({
  space: { x: hp.uniform(0, 1), ${Array.from({ length: blocks }, (_, i) => block(i)).join("")} },
  objective(params) {
    exact<Equals<typeof params.x, number>>();
    ${check}
    return params.x;
  },
});
`;

function local(path: string): string {
  return relative(folder, join(root, path)).split("\\").join("/");
}

const LAST = `exact<Equals<typeof params.block19.optimizer,
  | { readonly type: "sgd19"; readonly momentum: number }
  | { readonly type: "adam19"; readonly beta: number; readonly warmup:
      | { readonly kind: "none19" }
      | { readonly kind: "linear19"; readonly steps: number; readonly after:
          { readonly name: "constant19" } | { readonly name: "cosine19"; readonly cycles: number } } }>>();`;

/** Compiles `text` and gives what the compiler printed. */
function compile(name: string, text: string): string {
  writeFileSync(join(folder, `${name}.mts`), text);
  const compilerOptions = { noEmit: true, rootDir: "/", typeRoots: [join(root, "node_modules/@types")] };
  const config = { extends: join(root, "tsconfig.json"), compilerOptions, include: [], files: [`${name}.mts`] };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(config));
  const args = [tsc(), "-p", join(folder, `${name}.json`), "--extendedDiagnostics", "--singleThreaded"];
  return spawnSync(process.execPath, args, { encoding: "utf8" }).stdout;
}

function tsc(): string {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: { tsc: string } };
  return join(dirname(manifest), bin.tsc);
}

function instantiations(printed: string): number {
  return Number(/^Instantiations:\s+(\d+)/m.exec(printed)?.[1]);
}

describe("a space of 220 params", () => {
  it(`is inferred within ${BUDGET} instantiations`, () => {
    const large = compile("large", source(20, LAST));
    expect(large).not.toContain("error TS");
    expect(instantiations(large)).toBeGreaterThan(instantiations(compile("empty", source(0, ""))));
    expect(instantiations(large)).toBeLessThan(BUDGET);
  });

  it("is checked: a wrong promise about it does not compile", () => {
    const wrong = compile("wrong", source(20, LAST.replace("cycles: number", "cycles: string")));
    expect(wrong.match(/error TS\d+/g)).toEqual(["error TS2344"]);
  });
});
