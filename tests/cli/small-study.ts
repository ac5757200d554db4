import { join } from "node:path";
import { createStudy, hp, random } from "../../src/index.ts";

/** The store that commands use in a folder unless they are told another. */
export function storeIn(folder: string): string {
  return join(folder, ".parzen", "parzen.db");
}

export const SMALL_SPACE = {
  lr: hp.loguniform(1e-4, 1),
  epochs: 5,
  layers: [hp.choice([16, 32]), 8],
  optimizer: hp.choice([{ type: "sgd", momentum: hp.uniform(0, 1) }, { type: "adam" }]),
} as const;

export interface SmallStudy {
  readonly name?: string;
  readonly trials?: number;
  readonly maxTrials?: number;
}

/** Puts a study of a few finished trials into a folder's store; trial 3 failed. */
export async function addStudy(
  folder: string,
  { name = "demo", trials = 6, maxTrials = 20 }: SmallStudy = {},
): Promise<void> {
  const study = await createStudy({
    name,
    store: storeIn(folder),
    space: SMALL_SPACE,
    sampler: random(),
    seed: 1,
    maxTrials: trials,
  });
  await study.optimize(async (params, trial) => {
    await trial.report(0, params.lr);
    if (trial.number === 2) await trial.artifacts.write("model.bin", new Uint8Array([1, 2, 3]));
    if (trial.number === 3) throw new Error('it said "no",\nand meant it');
    return { loss: params.lr, metrics: { accuracy: 1 - params.lr } };
  });
  await study.configure({ maxTrials });
  await study.close();
}
