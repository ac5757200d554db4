import { describe, expect, it } from "vitest";
import { stream } from "../../../src/random/stream.ts";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { tpe } from "../../../src/samplers/tpe/tpe.ts";
import type { Observation } from "../../../src/trial/observation.ts";
import { DOMAINS, type Domain } from "./domains.ts";

/** The best loss of a study of its own, one trial after another. */
function bestLoss({ space, loss, trials }: Domain, sampler: Sampler, seed: number): number {
  const noise = stream("noise", seed);
  const observations: Observation[] = [];
  let best = Number.POSITIVE_INFINITY;
  for (let number = 0; number < trials; number++) {
    const proposal = sampler.propose({
      space,
      trialNumber: number,
      rng: stream(seed, number),
      studyRng: (name) => stream(seed, name),
      observations,
      pending: [],
      plan: { maxTrials: trials, parallelism: 1, objectives: 1 },
      isAllowed: () => true,
      memo: null,
    });
    if (proposal.kind === "exhausted") break;
    const value = loss(proposal.assignment, noise);
    best = Math.min(best, value);
    const result = { kind: "complete", losses: [value] } as const;
    observations.push({ number, assignment: proposal.assignment, reports: [], result });
  }
  return best;
}

function passes(name: string, hyperopt: boolean): number {
  const domain = DOMAINS[name]!;
  const seeds = name === "quadratic1" ? 4 : 10;
  const sampler = tpe({ ...domain.options, hyperopt });
  return Array.from({ length: seeds }, (_, seed) => bestLoss(domain, sampler, seed)).filter((best) => best < domain.bar)
    .length;
}

const ENDLESS = Object.keys(DOMAINS).filter((name) => name !== "n_arms");

describe.each([
  // n_arms has two configurations, so by default its study ends after two trials.
  { mode: "default", hyperopt: false, names: ENDLESS },
  { mode: "hyperopt", hyperopt: true, names: Object.keys(DOMAINS) },
])("Hyperopt's test domains, $mode", ({ hyperopt, names }) => {
  const counts = new Map<string, number>();

  it.each(names)("%s", (name) => {
    const count = passes(name, hyperopt);
    counts.set(name, count);
    expect(count).toBeGreaterThanOrEqual(name === "quadratic1" ? 4 : 8);
  });

  it("all together", () => {
    const ofTen = [...counts].filter(([name]) => name !== "quadratic1");
    const missed = ofTen.reduce((sum, [, count]) => sum + 10 - count, 0);
    expect(ofTen.length).toBe(names.length - 1);
    expect(missed).toBeLessThanOrEqual(4); // 66 of 70
  });
});
