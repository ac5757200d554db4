import { describe, expect, it } from "vitest";
import { type SamplerSpec, samplerFrom } from "../../src/samplers/registry.ts";
import type { Assignment } from "../../src/space/assignment.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { brokenRelation, relationsOf } from "../../src/space/relation/where.ts";
import { requestOf, StudyHistory } from "../../src/testing/samplers/history.ts";
import type { Observation } from "../../src/trial/observation.ts";

const SAMPLERS: readonly SamplerSpec[] = [
  { name: "random" },
  { name: "tpe", options: { multivariate: false } },
  { name: "tpe", options: { multivariate: true } },
  { name: "tpe", options: { hyperopt: true } },
  { name: "gp" },
  { name: "auto" },
  { name: "qmc" },
  { name: "partial", options: { fixed: { z: 0.5 }, sampler: "gp" } },
];

const wide = compileSpace({ x: hp.uniform(0, 1), y: hp.uniform(0, 1), z: hp.uniform(0, 1) });

function allowed(space: typeof wide, ...where: readonly string[]): (assignment: Assignment) => boolean {
  const relations = relationsOf(space, where);
  return (assignment) => brokenRelation(relations, assignment) === null;
}

/** The losses of a search for the point nearest to 0.7 in each dimension. */
function search(spec: SamplerSpec, isAllowed: (assignment: Assignment) => boolean): readonly number[] {
  const sampler = samplerFrom(spec);
  const observations: Observation[] = [];
  let memo = null;
  for (let trialNumber = 0; trialNumber < 40; trialNumber++) {
    const proposal = sampler.propose(requestOf({ space: wide, trialNumber, observations, isAllowed, memo }));
    if (proposal.kind === "exhausted") break;
    const { assignment } = proposal;
    expect(isAllowed(assignment)).toBe(true);
    const loss = Object.values(assignment).reduce((sum, value) => sum + (value - 0.7) ** 2, 0);
    observations.push({ number: trialNumber, assignment, reports: [], result: { kind: "complete", losses: [loss] } });
    memo = proposal.memo ?? null;
  }
  return observations.map(({ result }) => (result.kind === "failed" ? Number.NaN : result.losses[0]));
}

describe.each(SAMPLERS)("$name $options among what relations allow", (spec) => {
  it("searches a hundredth of a space to its end, and finds what is good there", () => {
    const losses = search(spec, allowed(wide, "abs(x - y) < 0.005"));
    expect(losses).toHaveLength(40);
    const learns = spec.name !== "random" && spec.name !== "qmc";
    expect(Math.min(...losses)).toBeLessThan(learns ? 0.045 : 0.3);
  });
});

it.each(SAMPLERS.slice(0, -1))("$name $options tries the few that are allowed among many, then ends", (spec) => {
  const many = compileSpace({ a: hp.uniformint(1, 40), b: hp.uniformint(1, 40), c: hp.choice([1, 2, 3]) });
  const isAllowed = allowed(many, "a * b == 24", "c == 2");
  const tried = new StudyHistory(many).run(samplerFrom(spec), 30, isAllowed);
  expect(tried.every(isAllowed)).toBe(true);
  expect(tried).toHaveLength(spec.options?.["hyperopt"] === true ? 30 : 8);
});

it("gp finds a best configuration that lies where a relation ends", () => {
  const losses = search({ name: "gp" }, allowed(wide, "x + y + z < 1.5"));
  expect(Math.min(...losses)).toBeLessThan(3 * 0.2 ** 2 + 0.005);
});
