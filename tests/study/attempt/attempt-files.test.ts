import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { inProcess, openStore } from "../../../src/index.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import type { Store } from "../../../src/store/store.ts";
import { Attempt } from "../../../src/study/attempt/attempt.ts";
import { cancelTrial } from "../../../src/study/attempt/cancel.ts";
import { thisHolder } from "../../../src/study/attempt/holder.ts";
import type { TrialContext } from "../../../src/trial/context.ts";
import type { Trial } from "../../../src/trial/trial.ts";
import { addStudy, COMPILED, reserveTrials } from "../../executor/bullmq/study.ts";
import { temporaryFolder } from "../../store/fixtures.ts";

const LEASE_MS = 1000;

type Objective = (trial: TrialContext) => Promise<number>;

/** A store with one queued trial, and what runs an attempt at it. */
async function withTrial(store: Store = memoryStore()) {
  const study = await addStudy(store, "s");
  await reserveTrials(store, "s", 1);
  const run = (objective: Objective): Promise<Trial | null> =>
    new Attempt(0, {
      store,
      study,
      executor: inProcess({ objective: (_params: unknown, trial) => objective(trial), space: COMPILED }),
      objective: "s",
      version: null,
      leaseMs: LEASE_MS,
      waiting: () => undefined,
      isOver: () => false,
      started: () => undefined,
      printed: () => undefined,
      untilJudged: null,
      judge: async (_trial, _reports, verdict) => verdict,
    }).run(thisHolder(0));
  return { store, study, files: store.artifacts.of(study.id, 0, 1), run };
}

const loseAttempt = (store: Store, attempt: number) =>
  store.commit("s", 0, { attempt }, { outcome: { kind: "lost" }, log: "" });

it("an attempt that another has followed leaves that one's files as they are", async () => {
  const { store, files, run } = await withTrial();
  const late = await run(async ({ attempt, artifacts }) => {
    await artifacts.write("model", new Uint8Array([attempt]));
    await loseAttempt(store, attempt);
    await run(async (trial) => {
      await trial.artifacts.write("model", new Uint8Array([trial.attempt]));
      return trial.attempt;
    });
    await artifacts.write("model", new Uint8Array([attempt]));
    await artifacts.write("plot", new Uint8Array([attempt]));
    return attempt;
  });
  expect(late).toBeNull();
  expect(await store.findTrial("s", 0)).toMatchObject({ state: "complete", attempt: 2, losses: [2] });
  expect(await files.list()).toEqual(["model"]);
  expect(await files.read("model")).toEqual(new Uint8Array([2]));
});

it("an attempt that cannot have the files of the one before it is a fault of the machine, and is made again", async () => {
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "s.db"));
  const { study, run } = await withTrial(store);
  const place = join(folder, "artifacts", study.id);
  const made: number[] = [];
  const objective: Objective = async ({ attempt, artifacts }) => {
    made.push(attempt);
    await artifacts.write("model", new Uint8Array([attempt]));
    if (attempt === 1) await loseAttempt(store, attempt);
    return attempt;
  };
  await run(objective);
  await rename(place, `${place}-away`);
  await writeFile(place, "in the way");
  expect(await run(objective)).toMatchObject({ state: "queued", attempt: 2, lost: 1 });
  await rm(place);
  await rename(`${place}-away`, place);
  expect(await run(objective)).toMatchObject({ state: "complete", attempt: 3 });
  expect(made).toEqual([1, 3]);
  expect(await readdir(place)).toEqual(["0.3"]);
  await store.close();
});

it("a trial that is cancelled keeps no checkpoint, also where its last attempt could not have it", async () => {
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "s.db"));
  const { study, files, run } = await withTrial(store);
  await run(async ({ attempt, artifacts, checkpoint }) => {
    await artifacts.write("notes", new Uint8Array([1]));
    await checkpoint.save(3, { weights: new Uint8Array([1]) });
    await loseAttempt(store, attempt);
    return attempt;
  });
  const place = join(folder, "artifacts", study.id);
  await rename(place, `${place}-away`);
  await writeFile(place, "in the way");
  await run(async () => 0);
  await rm(place);
  await rename(`${place}-away`, place);
  expect(await files.list()).toHaveLength(3);
  await cancelTrial(store, study, 0);
  expect(await store.findTrial("s", 0)).toMatchObject({ state: "cancelled", attempt: 2 });
  expect(await files.list()).toEqual(["notes"]);
  await store.close();
});
