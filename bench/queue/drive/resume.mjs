// Opens a study as a new process does, and goes on with it: from the opened store until its first new trial is delivered.
import { openStudy } from "parzen";
import { redisStore } from "parzen/redis";
import { OBJECTIVE } from "../space.mjs";

const { url, study: name } = JSON.parse(process.argv[2]);
const store = await redisStore(url, { warn: () => {} });
const { nextNumber } = await store.findStudy(name);
await store.configure(name, { maxTrials: nextNumber + 1 });
const halt = new AbortController();
const begin = performance.now();
let seconds = 0;
const fleet = {
  slots: async () => 1,
  deliver: async () => {
    seconds = (performance.now() - begin) / 1000;
    halt.abort();
  },
  close: async () => {},
};
const study = await openStudy({ name, store });
await study.drive(fleet, { version: OBJECTIVE.version, halt: halt.signal });
process.send({ seconds }, () => process.exit());
