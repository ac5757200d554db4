import { stream } from "../../../src/random/stream.ts";
import { drawConfiguration } from "../../../src/samplers/prior.ts";
import type { ProposalRequest, Sampler } from "../../../src/samplers/sampler.ts";
import { type Assignment, checkAssignment } from "../../../src/space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";
import type { Observation, ObservedResult } from "../../../src/trial/observation.ts";

export const complete = (loss: number): ObservedResult => ({ kind: "complete", losses: [loss] });

export const mixed = compileSpace({
  rate: hp.loguniform(1e-5, 1),
  width: hp.uniformint(1, 64),
  net: hp.choice([{ type: "plain" }, { type: "deep", layers: hp.uniformint(2, 8), drop: hp.uniform(0, 0.5) }]),
  act: hp.choice(["relu", "tanh", "gelu"]),
});

export function drawn(space: CompiledSpace, count: number, resultOf: (at: Assignment, i: number) => ObservedResult) {
  return Array.from({ length: count }, (_, number): Observation => {
    const assignment = drawConfiguration(space, stream("drawn", number));
    return { number, assignment, reports: [], result: resultOf(assignment, number) };
  });
}

export function nextOf(sampler: Sampler, request: ProposalRequest): Assignment {
  const proposal = sampler.propose(request);
  if (proposal.kind !== "try") throw new Error("expected a proposal");
  checkAssignment(request.space, proposal.assignment);
  return proposal.assignment;
}

/** Histories that teach little or mislead, by name: results of trials. */
export const MISLEADING: Readonly<Record<string, (at: Assignment, i: number) => ObservedResult>> = {
  "all failed": () => ({ kind: "failed" }),
  "all NaN": () => complete(Number.NaN),
  "all Infinity": () => complete(Number.POSITIVE_INFINITY),
  "every other failed": (at, i) => (i % 2 === 0 ? { kind: "failed" } : complete(at["width"] ?? 0)),
  "equal losses": () => complete(0.25),
  "outliers of 1e300": (at, i) => complete(i % 5 === 0 ? 1e300 : (at["width"] ?? 0)),
  "outliers of -1e300": (at, i) => complete(i === 7 ? -1e300 : (at["width"] ?? 0)),
  "losses of -Infinity": (at, i) => complete(i === 7 ? Number.NEGATIVE_INFINITY : (at["width"] ?? 0)),
  "losses down to 1e-300": (_, i) => complete(1e-300 * i),
  "all pruned": (at) => ({ kind: "pruned", losses: [at["width"] ?? 0] }),
};
