// Fills a store with a study of so many finished trials, at once: one real trial, exported, many times over.
import { openOrCreateStudy, random } from "parzen";
import { redisStore } from "parzen/redis";
import { SPACE } from "./space.mjs";

const { url, study: name, finished } = JSON.parse(process.argv[2]);
const store = await redisStore(url, { warn: () => {} });
const study = await openOrCreateStudy({ name: "one", space: SPACE, store, sampler: random(), seed: 1, maxTrials: 1 });
await study.optimize(({ x, y }) => x * x + y * y);
const archive = await store.exportStudy("one");
await store.deleteStudy("one");
const [trial] = archive.trials;
const trials = Array.from({ length: finished }, (_, number) => {
  const { x, y } = { x: 10 * Math.random() - 5, y: 10 * Math.random() - 5 };
  const sequence = 3 * number;
  const when = { basis: sequence, reservedAt: sequence + 1, committedAt: sequence + 3 };
  return { ...trial, ...when, number, assignment: { x, y }, losses: [x * x + y * y] };
});
const settings = { ...archive.study.settings, maxTrials: finished };
const record = { ...archive.study, settings, sequence: 3 * finished, nextNumber: finished };
await store.importStudy({ ...archive, study: record, trials }, name);
process.send("warm");
process.send({ seconds: 0 }, () => process.exit());
