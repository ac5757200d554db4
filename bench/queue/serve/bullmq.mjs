// A bare worker of BullMQ; with `sandbox`, its own child processes run the objective. Says "ready"; ends on SIGTERM.
import { writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "bullmq";
import { tellCpu } from "./cpu.mjs";

const { port, queue, slots, sandbox } = JSON.parse(process.argv[2]);
const inHere = async ({ data: { x, y } }) => ({ loss: x * x + y * y });
const inChild = fileURLToPath(new URL("./sandboxed.mjs", import.meta.url));
const worker = new Worker(queue, sandbox ? inChild : inHere, { connection: { port }, concurrency: slots });
worker.on("error", () => {});
await worker.waitUntilReady();
writeSync(1, "ready\n");
tellCpu();
process.on("SIGTERM", async () => {
  await worker.close(true);
  process.exit();
});
