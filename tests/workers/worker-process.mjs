// A worker that is a process of its own, for tests that kill it. It writes one JSON line for each event, runs the built
// package, and hands back on SIGTERM.
import { writeSync } from "node:fs";
import { processPool } from "../../dist/src/executor/pool/pool.js";
import { compileSpace } from "../../dist/src/space/compile.js";
import { redisStore } from "../../dist/src/store/redis/index.js";
import { startWorker } from "../../dist/workers/worker.js";

const { url, sweep, argv, artifacts, version, slots, graceMs, ...options } = JSON.parse(process.argv[2]);
const files = artifacts === undefined ? {} : { artifacts };
const store = await redisStore(url, { commandTimeoutMs: 2000, warn: () => {}, ...files });
const { client, prefix, workers } = store;
const space = compileSpace({ x: { uniform: [0, 1] } });
const command = { kind: "command", argv, cwd: ".", metric: "loss", space };
const source = argv === undefined ? { kind: "module", file: sweep } : command;
const executor = () => processPool({ source, slots, graceMs });
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
