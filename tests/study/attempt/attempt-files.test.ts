import { expect, it } from "vitest";
import { inProcess } from "../../../src/index.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import type { Store } from "../../../src/store/store.ts";
import { Attempt } from "../../../src/study/attempt/attempt.ts";
import { thisHolder } from "../../../src/study/attempt/holder.ts";
import type { TrialContext } from "../../../src/trial/context.ts";
import type { Trial } from "../../../src/trial/trial.ts";
import { addStudy, COMPILED, reserveTrials } from "../../executor/bullmq/study.ts";

const LEASE_MS = 1000;

type Objective = (trial: TrialContext) => Promise<number>;

/** A store with one queued trial, and what runs an attempt at it. */
async function withTrial() {
  const store = memoryStore();
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
  return { store, files: store.artifacts.of(study.id, 0, 1), run };
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
