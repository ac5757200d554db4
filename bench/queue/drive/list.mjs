// A Redis list for trials and one for losses.
import { Redis } from "ioredis";
import { closedLoop } from "./closed-loop.mjs";

const options = JSON.parse(process.argv[2]);
const [giving, taking] = [new Redis({ port: options.port }), new Redis({ port: options.port })];
await closedLoop(options, {
  add: (id, params) => giving.lpush("bench:todo", JSON.stringify({ id, ...params })),
  onEnd: async (ended) => {
    for (;;) {
      const [, text] = await taking.brpop("bench:done", 0);
      ended(JSON.parse(text).id);
    }
  },
});
process.exit();
