import type { Executor } from "../../executor/executor.ts";
import type { Store } from "../../store/store.ts";
import type { Holder } from "../../trial/trial.ts";
import type { AttemptHost, AttemptStore } from "../attempt/attempt-host.ts";
import { commitOnce } from "../attempt/commit-once.ts";
import type { DispatchHost } from "./dispatch.ts";
import { judgeReports } from "./judge-reports.ts";

/** How attempts run in this process. */
export interface LocalDispatchOptions {
  readonly store: Store;
  readonly executor: Executor;
  readonly objective: string;
  readonly version: string | null;
  readonly holder: Holder;
  readonly leaseMs: number;
}

/** What such attempts need of it: its executor, its driver, and the store they commit to. */
export function attemptHost(options: LocalDispatchOptions, host: DispatchHost): AttemptHost {
  const { store, executor, objective, version, leaseMs } = options;
  const { view, listener } = host;
  return {
    store: committingOnce(store),
    executor,
    study: view.study,
    objective,
    version,
    leaseMs,
    waiting: ({ message }) => listener.waiting(message),
    isOver: () => host.isOver(),
    started: (trial) => listener.started(trial),
    printed: (trial, text) => listener.printed(trial, text),
    untilJudged: host.judges ? untilJudged(host) : null,
    judge: (trial, reports, known) => judgeReports(judgingLast(host), trial, { reports, known }),
  };
}

/** One report alone is only judged when it is stored: trials that report at the same moment are compared. */
function untilJudged({ untilPruned }: DispatchHost): AttemptHost["untilJudged"] {
  return async (number, reports) => (reports.length === 1 ? reports : untilPruned(number, reports));
}

/** Those before the last one were judged before they were stored. */
function judgingLast({ prune, listener }: DispatchHost): Pick<DispatchHost, "prune" | "listener"> {
  return { prune: (number, reports) => prune(number, reports.slice(-1)), listener };
}

/** The same store, which knows a commit again that counted although its answer got lost. */
function committingOnce(store: Store): AttemptStore {
  return {
    artifacts: store.artifacts,
    claim: (name, number, claim) => store.claim(name, number, claim),
    renew: (name, number, fence, leaseMs) => store.renew(name, number, fence, leaseMs),
    report: (name, number, fence, reports) => store.report(name, number, fence, reports),
    checkpoint: (name, number, fence, step) => store.checkpoint(name, number, fence, step),
    commit: (study, number, fence, result) => commitOnce(store, { study, number }, { fence, result }),
  };
}
