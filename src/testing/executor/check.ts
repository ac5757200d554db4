import type { Executor } from "../../executor/executor.ts";

/** What the contract asks of an executor under test; each check has one of its own. */
export interface ContractExecutorOptions {
  /** Trials that it evaluates at once; from 1 on. */
  readonly slots: number;
  /** Milliseconds after which it fails a trial; null without a limit. */
  readonly trialTimeoutMs: number | null;
  /** Milliseconds that a trial which is told to end has, before it is given up. */
  readonly graceMs: number;
}

/** One law of the executor port; `run` throws where an executor breaks it. */
export interface ExecutorCheck {
  readonly name: string;
  readonly options?: Partial<ContractExecutorOptions>;
  run(executor: Executor): Promise<void>;
}
