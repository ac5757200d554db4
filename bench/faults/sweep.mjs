import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { defineSweep, hp, random } from "parzen";

const kind = process.env["FAULTS_KIND"];

/** One trial, which notes each start. FAULTS_KIND says how it passes its time. */
export default defineSweep({
  name: `faults-${kind}`,
  space: { x: hp.uniform(0, 1) },
  objective: async ({ x }, trial) => {
    appendFileSync(process.env["FAULTS_LOG"] ?? "", `${Date.now()} ${trial.attempt}\n`);
    const isFirst = trial.attempt === 1;
    // A busy one hears nothing: no signal, no timer.
    const busyUntil = Date.now() + (kind === "busy" ? 70_000 : kind === "orphan" && isFirst ? 600_000 : 0);
    while (Date.now() < busyUntil);
    if ((kind === "killed" || kind === "willing") && isFirst) await sleep(600_000, null, { signal: trial.signal });
    return x;
  },
  sampler: random(),
  maxTrials: 1,
});
