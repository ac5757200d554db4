import { expect, it } from "vitest";
import { memoryStore } from "../../../src/store/memory.ts";
import type { Store } from "../../../src/store/store.ts";
import { commitOnce } from "../../../src/study/attempt/commit-once.ts";
import { thisHolder } from "../../../src/study/attempt/holder.ts";
import type { Outcome } from "../../../src/trial/outcome.ts";
import { addStudy, reserveTrials } from "../../executor/bullmq/study.ts";

const SENT: Outcome = { kind: "complete", losses: [1] };
const FAILED: Outcome = { kind: "failed", reason: "error", message: "no data" };
const LOST: Outcome = { kind: "lost" };
const TRIAL = { study: "s", number: 0 };

const claim = (store: Store) =>
  store.claim(TRIAL.study, TRIAL.number, { holder: thisHolder(0), leaseMs: 1000, version: null });
const ending = (attempt: number, outcome: Outcome) => ({ fence: { attempt }, result: { outcome, log: "" } });

async function end(store: Store, attempt: number, outcome: Outcome): Promise<void> {
  const { fence, result } = ending(attempt, outcome);
  await store.commit(TRIAL.study, TRIAL.number, fence, result);
}

/** A store with one trial, whose first attempt runs. */
async function running(): Promise<Store> {
  const store = memoryStore();
  await addStudy(store, TRIAL.study);
  await reserveTrials(store, TRIAL.study, 1);
  await claim(store);
  return store;
}

it.each([SENT, FAILED, LOST, { kind: "pruned", step: 0 }, { kind: "handed-back" }, { kind: "cancelled" }] as Outcome[])(
  "%j counted where it is sent again",
  async (outcome) => {
    const store = await running();
    const first = await commitOnce(store, TRIAL, ending(1, outcome));
    expect(first.kind).toBe("committed");
    expect(await commitOnce(store, TRIAL, ending(1, outcome))).toEqual(first);
  },
);

it.each<[Outcome, string, readonly Outcome[]]>([
  [SENT, "another loss", [{ kind: "complete", losses: [2] }]],
  [SENT, "the attempt was taken for lost", [LOST]],
  [SENT, "a later attempt gave the same", [LOST, SENT]],
  [SENT, "a later attempt was pruned", [LOST, { kind: "pruned", step: 0 }]],
  [FAILED, "another error", [{ ...FAILED, message: "no disk" }]],
  [FAILED, "another reason", [{ ...FAILED, reason: "timeout" }]],
  [FAILED, "a later attempt failed so too", [LOST, FAILED]],
])("%j came too late where %s", async (sent, _, before) => {
  const store = await running();
  for (const [index, outcome] of before.entries()) {
    if (index > 0) await claim(store);
    await end(store, index + 1, outcome);
  }
  const ended = await store.findTrial(TRIAL.study, TRIAL.number);
  expect(await commitOnce(store, TRIAL, ending(1, sent))).toEqual({ kind: "ignored" });
  expect(await store.findTrial(TRIAL.study, TRIAL.number)).toEqual(ended);
});
