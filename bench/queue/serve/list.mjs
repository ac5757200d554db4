// The least that a queue in Redis can be: pops a trial, pushes its loss. Says "ready"; ends with its parent's signal.
import { writeSync } from "node:fs";
import { Redis } from "ioredis";
import { tellCpu } from "./cpu.mjs";

const { port } = JSON.parse(process.argv[2]);
const [taking, giving] = [new Redis({ port }), new Redis({ port })];
await giving.ping();
writeSync(1, "ready\n");
tellCpu();
for (;;) {
  const [, text] = await taking.brpop("bench:todo", 0);
  const { id, x, y } = JSON.parse(text);
  void giving.lpush("bench:done", JSON.stringify({ id, loss: x * x + y * y }));
}
