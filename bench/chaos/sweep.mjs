import { appendFileSync } from "node:fs";
import { defineSweep, hp, random } from "parzen";

/** A trial that takes half a second to three, and notes each start. */
export default defineSweep({
  name: "chaos",
  space: { x: hp.uniform(0, 1) },
  objective: async ({ x }, trial) => {
    const log = process.env["CHAOS_LOG"];
    if (log !== undefined) appendFileSync(log, `${trial.number} ${trial.attempt}\n`);
    await new Promise((resolve) => setTimeout(resolve, 500 + 2500 * x));
    return x;
  },
  sampler: random(),
  maxTrials: 1000,
});
