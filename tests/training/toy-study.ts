import { compileSpace, inProcess, openOrCreateStudy, random } from "../../src/index.ts";
import type { Callbacks } from "../../src/training/index.ts";
import { toySpace, toyTraining } from "./toy-training.ts";

/** Which study of one trial is run, and where; one that was begun goes on. */
export interface ToyStudy {
  readonly backend: "wasm" | "cpu";
  readonly store: string;
  readonly callbacks?: Callbacks;
}

/** Runs a study of one trial of seven epochs, called like its backend. */
export async function runToyStudy({ backend, store, callbacks = {} }: ToyStudy): Promise<void> {
  const objective = toyTraining({ backend, epochs: 7, callbacks });
  const settings = { store, maxTrials: 1, seed: 5, sampler: random() };
  const study = await openOrCreateStudy({ name: backend, space: toySpace, ...settings });
  const executor = inProcess({ objective, space: compileSpace(toySpace) });
  await study.drive(executor);
  await executor.close();
  await study.close();
}
