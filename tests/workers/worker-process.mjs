// A worker that is a process of its own, for tests that kill it. It writes one JSON line for each event, runs the built
// package, and hands back on SIGTERM.
import { writeSync } from "node:fs";
import { processPool } from "../../dist/src/executor/pool/pool.js";
import { redisStore } from "../../dist/src/store/redis/index.js";
import { startWorker } from "../../dist/workers/worker.js";

const { url, sweep, version, slots, graceMs, ...options } = JSON.parse(process.argv[2]);
const store = await redisStore(url, { commandTimeoutMs: 2000, warn: () => {} });
const { client, prefix, workers } = store;
const executor = () => processPool({ source: { kind: "module", file: sweep }, slots, graceMs });
const objective = { name: "served", version, requires: [], commit: null, changedAtMs: 0, fingerprint: null };
const worker = await startWorker({
  ...{ store, client, prefix, workers, slots, parzen: "test" },
  ...options,
  objectives: [{ ...objective, executor }],
  listener: (event) => writeSync(1, `${JSON.stringify(event)}\n`),
});
process.on("SIGTERM", () => worker.handBack());
await worker.done;
await store.close();
