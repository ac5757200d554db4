import { describe, expect, it } from "vitest";
import type { ReportedTrial } from "../../src/pruners/pruner.ts";
import { type PrunerSpec, prunerFrom } from "../../src/pruners/registry.ts";
import { PRUNINGS } from "../golden/pruners.ts";

/** Optuna spares nobody. */
function asOptuna(spec: PrunerSpec): PrunerSpec {
  return spec.name === "successiveHalving" ? { ...spec, options: { ...spec.options, spare: 0 } } : spec;
}

describe("decides as Optuna", () => {
  it.each(PRUNINGS)("$pruner on $curves curves", ({ pruner: spec, trials }) => {
    const pruner = prunerFrom(asOptuna(spec));
    const others: ReportedTrial[] = [];
    const ends = trials.map(({ reports }, number) => {
      const prefixes = reports.map((_, index) => reports.slice(0, index + 1));
      const pruned = prefixes.find(
        (part) => pruner.judge({ number, state: "running", reports: part }, others, {}) === "prune",
      );
      const isFailed = pruned === undefined && Number.isNaN(reports.at(-1)?.value);
      if (!isFailed) others.push({ number, state: pruned ? "pruned" : "complete", reports: pruned ?? reports });
      return pruned?.at(-1)?.step ?? null;
    });
    expect(ends).toEqual(trials.map(({ end }) => end));
  });
});
