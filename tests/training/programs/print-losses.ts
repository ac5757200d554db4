/** Trains the toy network once on the backend named first, and prints every validation loss in full precision. */

import { toyParams, toyTraining } from "../toy-training.ts";
import { loneTrial } from "../trial-context.ts";

const [backend, seed] = process.argv.slice(2);
if (backend !== "wasm" && backend !== "cpu") throw new Error(`no backend ${backend}`);
const trial = loneTrial({ seed: Number(seed) });
await toyTraining({ backend }).evaluate(toyParams, trial);
process.stdout.write(JSON.stringify(trial.reports.map(({ value }) => value)));
