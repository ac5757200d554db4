/**
 * Runs a study of one trial for each backend, in the store named first. Each trial's first attempt kills this process at
 * its fourth epoch, so it takes three processes to the end.
 */
import { existsSync, writeFileSync } from "node:fs";
import { compileSpace, inProcess, openOrCreateStudy, random } from "../../../src/index.ts";
import { toySpace, toyTraining } from "../toy-training.ts";

const [location = "", marker = ""] = process.argv.slice(2);

for (const backend of ["wasm", "cpu"] as const) {
  const killed = `${marker}-${backend}`;
  const objective = toyTraining({
    backend,
    epochs: 7,
    callbacks: {
      onBatchBegin({ epoch, batch }) {
        if (marker === "" || epoch !== 3 || batch !== 2 || existsSync(killed)) return;
        writeFileSync(killed, "");
        process.kill(process.pid, "SIGKILL");
      },
    },
  });
  const study = await openOrCreateStudy({
    name: backend,
    space: toySpace,
    store: location,
    maxTrials: 1,
    seed: 5,
    sampler: random(),
  });
  const executor = inProcess({ objective, space: compileSpace(toySpace) });
  await study.drive(executor);
  await executor.close();
  await study.close();
}
