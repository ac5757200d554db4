// Bare BullMQ: add, wait for the event of its end, add the next.
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Queue, QueueEvents } from "bullmq";
import { closedLoop } from "./closed-loop.mjs";

const options = JSON.parse(process.argv[2]);
const connection = { port: options.port };
const queue = new Queue(options.queue, { connection });
const events = new QueueEvents(options.queue, { connection });
const add = (jobId, data) => queue.add("trial", data, { jobId, removeOnComplete: true, removeOnFail: true });

// Events before the first read are not heard: it is read when one comes.
const heard = once(events, "completed");
for (let probe = 0; (await Promise.race([heard, sleep(50, null)])) === null; probe++)
  await add(`p${probe}`, { x: 0, y: 0 });
await sleep(200);

await closedLoop(options, {
  add: (id, data) => add(`t${id}`, data),
  onEnd: (ended) => events.on("completed", ({ jobId }) => jobId.startsWith("t") && ended(jobId.slice(1))),
});
process.exit();
