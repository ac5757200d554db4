import type { Observation, Pruner, Sampler } from "parzen";

/** What the loss of a whole training would be, by the number of the trial. */
export type Ends = ReadonlyMap<number, number>;

type Judge = Pruner["judge"];
type Reported = Parameters<Judge>[0];

/** The same pruner, to which every report says what its trial would come to in the end. */
export function foretellingPruner(pruner: Pruner, ends: Ends): Pruner {
  const foretold = ({ number, reports, ...trial }: Reported): Reported => {
    const told = reports.map(({ step, value }) => ({ step, value: ends.get(number) ?? value }));
    return { ...trial, number, reports: told };
  };
  const judge: Judge = (trial, others, plan) => pruner.judge(foretold(trial), others.map(foretold), plan);
  return { ...pruner, judge };
}

/** The same sampler, for which pruned trials were finished. */
export function foretellingSampler(sampler: Sampler, ends: Ends): Sampler {
  const propose: Sampler["propose"] = ({ observations, ...request }) =>
    sampler.propose({ ...request, observations: observations.map((each) => finished(each, ends)) });
  return { ...sampler, propose };
}

function finished(observation: Observation, ends: Ends): Observation {
  const end = ends.get(observation.number ?? -1);
  if (observation.result.kind !== "pruned" || end === undefined) return observation;
  return { ...observation, result: { kind: "complete", losses: [end] } };
}
