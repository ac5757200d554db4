/** Trains the toy network once for each argument, as `wasm 5`: a backend and a seed; prints all validation losses in full precision. */

import { toyParams, toyTraining } from "../toy-training.ts";
import { loneTrial } from "../trial-context.ts";

const losses: { [training: string]: readonly number[] } = {};
for (const training of process.argv.slice(2)) {
  const [backend, seed] = training.split(" ");
  if (backend !== "wasm" && backend !== "cpu") throw new Error(`no backend ${backend}`);
  const trial = loneTrial({ seed: Number(seed) });
  await toyTraining({ backend }).evaluate(toyParams, trial);
  losses[training] = trial.reports.map(({ value }) => value);
}
process.stdout.write(JSON.stringify(losses));
