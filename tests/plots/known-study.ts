import { createStudy, hp, random, type Study, threshold } from "../../src/index.ts";

const SPACE = {
  lr: hp.loguniform(1e-4, 1),
  layers: hp.uniformint(1, 4),
  optimizer: hp.choice([{ type: "sgd", momentum: hp.uniform(0, 1) }, { type: "adam" }]),
};

/** What trials 0, 1, 2 ... come to; null for one that fails, and what is above 100 is pruned. */
export const LOSSES: readonly (number | null)[] = [40, 1, null, 120, 20, 0.5];

/** A study whose trials and losses are known; its names hold what HTML would obey. */
export async function knownStudy(
  losses: readonly (number | null)[] = LOSSES,
  direction: "minimize" | "maximize" = "minimize",
): Promise<Study<unknown>> {
  const pruner = direction === "minimize" ? threshold({ upper: 100 }) : threshold({ lower: -100 });
  const [name, maxTrials] = [`<b>&"known"`, losses.length];
  const study = await createStudy({ name, space: SPACE, sampler: random(), pruner, direction, seed: 1, maxTrials });
  await study.optimize(async (_, trial) => {
    const loss = losses[trial.number] ?? null;
    if (loss === null) throw new Error("it said no");
    await trial.report(0, loss + 1);
    await trial.report(1, loss);
    return { loss, metrics: { "<i>": loss } };
  });
  return study as Study<unknown>; // only read from here on
}
