// A worker of parzen with slots in this process. Says "ready" when it serves; ends on SIGTERM.
import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { inProcess } from "parzen";
import { redisStore } from "parzen/redis";
import { fingerprint } from "../../../dist/src/space/fingerprint.js";
import { startWorker } from "../../../dist/workers/worker.js";
import { COMPILED, OBJECTIVE, SPACE } from "../space.mjs";
import { tellCpu } from "./cpu.mjs";

const { url, slots, spool, sleepMs = 0, count = 1 } = JSON.parse(process.argv[2]);
const objective = sleepMs === 0 ? ({ x, y }) => x * x + y * y : ({ x }) => sleep(sleepMs, x);
const workers = await Promise.all(Array.from({ length: count }, (_, index) => serve(index)));
writeSync(1, "ready\n");
tellCpu();
process.on("SIGTERM", () => {
  for (const worker of workers) worker.handBack();
});
await Promise.all(workers.map(({ done }) => done));
process.exit();

async function serve(index) {
  const store = await redisStore(url, { warn: () => {} });
  const { client, prefix, workers } = store;
  // An object's `evaluate` may be asynchronous and still have several slots.
  const executor = () => inProcess({ objective, space: COMPILED, slots });
  const served = { ...OBJECTIVE, commit: null, changedAtMs: 0, fingerprint: fingerprint(SPACE), executor };
  // Who counts how soon each worker is back reads their starts.
  const listener = count === 1 ? () => {} : ({ kind }) => kind === "started" && writeSync(1, `started ${index}\n`);
  return startWorker({
    ...{ store, client, prefix, workers, slots, spool },
    parzen: "bench",
    objectives: [served],
    listener,
  });
}
