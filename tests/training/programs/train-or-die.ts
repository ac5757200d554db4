/**
 * Runs a study of one trial for each backend, in the store named first. Each trial's first attempt kills this process at
 * its fourth epoch, having left a file named like the second argument, so it takes three processes to the end.
 */
import { existsSync, writeFileSync } from "node:fs";
import { runToyStudy } from "../toy-study.ts";

const [store = "", marker = ""] = process.argv.slice(2);

for (const backend of ["wasm", "cpu"] as const) {
  const killed = `${marker}-${backend}`;
  const callbacks = {
    onBatchBegin({ epoch, batch }: { readonly epoch: number; readonly batch: number }) {
      if (epoch !== 3 || batch !== 2 || existsSync(killed)) return;
      writeFileSync(killed, "");
      process.kill(process.pid, "SIGKILL");
    },
  };
  await runToyStudy({ backend, store, callbacks });
}
