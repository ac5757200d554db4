// A study that workers run. A round trip begins before the trial is reserved and ends when the driver tells of its end.

import { auto, gp, openOrCreateStudy, random, tpe } from "parzen";
import { redisStore } from "parzen/redis";
import { bullmqFleet } from "../../../dist/src/executor/bullmq/fleet.js";
import { OBJECTIVE, SPACE } from "../space.mjs";
import { Stopwatch } from "./closed-loop.mjs";

const SAMPLERS = { auto, gp, random, tpe };

const { url, study: name, sampler = "random", warm, trials, outstanding } = JSON.parse(process.argv[2]);
const store = await redisStore(url, { warn: () => {} });
const { client, prefix, workers } = store;
const before = (await store.findStudy(name))?.nextNumber ?? 0;
const maxTrials = before + warm + trials;
const study = await openOrCreateStudy({ name, space: SPACE, store, sampler: SAMPLERS[sampler](), seed: 1, maxTrials });
const fleet = bullmqFleet({ client, prefix, workers, objective: OBJECTIVE });
const watch = new Stopwatch({ warm, trials });
const reserveAll = store.reserveAll.bind(store);
store.reserveAll = (study, reservations) => {
  for (const { expectedNumber } of reservations) watch.begin(expectedNumber);
  return reserveAll(study, reservations);
};
study.on("settled", ({ trial: { number } }) => watch.end(number));
await study.drive(fleet, { version: OBJECTIVE.version, parallelism: outstanding });
await watch.told;
process.exit();
