import type { Executor } from "../executor/executor.ts";

/** What the contract asks of an executor under test; each check has one of its own. */
export interface ContractExecutorOptions {
  readonly slots: number;
  readonly trialTimeoutMs: number | null;
  readonly graceMs: number;
}

/** One law of the executor port; `run` throws where an executor breaks it. */
export interface ExecutorCheck {
  readonly name: string;
  readonly options?: Partial<ContractExecutorOptions>;
  run(executor: Executor): Promise<void>;
}
