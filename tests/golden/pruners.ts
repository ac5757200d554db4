import { readFileSync } from "node:fs";
import type { PrunerSpec } from "../../src/pruners/registry.ts";
import { type Figure, figure } from "./golden.ts";

interface Golden {
  readonly curves: { readonly [name: string]: readonly (readonly (readonly [step: number, value: Figure])[])[] };
  readonly rows: readonly {
    readonly pruner: PrunerSpec;
    readonly curves: string;
    /** Of each trial, the step at which it is pruned; null where it is not. */
    readonly ends: readonly (number | null)[];
  }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("./pruners.json", import.meta.url), "utf8"));

/** What Optuna's pruners decide, trial after trial, with the reports of each trial. */
export const PRUNINGS = golden.rows.map(({ pruner, curves, ends }) => ({
  pruner,
  curves,
  trials: (golden.curves[curves] ?? []).map((curve, number) => ({
    reports: curve.map(([step, value]) => ({ step, value: figure(value) })),
    end: ends[number] ?? null,
  })),
}));
