import type { Executor } from "../src/executor/executor.ts";
import type { StudyRecord } from "../src/store/study-record.ts";
import type { AttemptHost, AttemptStore } from "../src/study/attempt/attempt-host.ts";
import type { Retry } from "../src/study/attempt/store-retry.ts";
import { orient } from "../src/study/view/direction.ts";
import type { WorkerEvent, WorkerObjective } from "./options.ts";

/** Where a trial runs. */
export interface Place {
  readonly slot: number;
  readonly objective: WorkerObjective;
  readonly executor: Executor;
  /** The trial is claimed. */
  began(): void;
  /** What came of it is on its way to the store; see `AttemptStoreOptions.sent`. */
  sent(): void;
}

export interface AttemptHostOptions {
  readonly leaseMs: number;
  readonly retry: Retry;
  readonly listener: { tell(event: WorkerEvent): void };
}

/** What an attempt lives in on a worker, which has its verdicts from the store. */
export function attemptHost(
  { study, store, place }: { readonly study: StudyRecord; readonly store: AttemptStore; readonly place: Place },
  { leaseMs, retry, listener }: AttemptHostOptions,
): AttemptHost {
  const { slot, objective, executor, began } = place;
  return {
    ...retry,
    store,
    executor,
    study,
    slot,
    objective: objective.name,
    version: objective.version,
    leaseMs,
    started: ({ number, attempt }) => {
      began();
      listener.tell({ kind: "started", study: study.name, number, attempt, slot });
    },
    printed: (number, text) => listener.tell({ kind: "printed", study: study.name, number, text }),
    untilJudged: null,
    judge: async ({ number }, reports, verdict) => {
      for (const { step, value } of reports) {
        listener.tell({ kind: "reported", study: study.name, number, step, value: orient(study.direction, value) });
      }
      return verdict;
    },
  };
}
