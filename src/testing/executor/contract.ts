import { describe, it } from "vitest";
import type { Executor } from "../../executor/executor.ts";
import type { ContractExecutorOptions } from "./check.ts";
import { EXECUTOR_CHECKS } from "./result-checks.ts";
import { EXECUTOR_STOP_CHECKS } from "./stop-checks.ts";

/** An executor of `contractSweep`, or of a program that behaves like its objective. */
export type MakeExecutor = (options: ContractExecutorOptions) => Executor;

/** Proves the law of the `Executor` port, in vitest: `describeExecutorContract("pool", (options) => processPool({ source, ...options }))`. */
export function describeExecutorContract(label: string, make: MakeExecutor): void {
  describe(`executor contract: ${label}`, () => {
    for (const { name, options, run } of [...EXECUTOR_CHECKS, ...EXECUTOR_STOP_CHECKS]) {
      it(name, async () => {
        const executor = make({ slots: 1, trialTimeoutMs: null, graceMs: 5000, ...options });
        try {
          await run(executor);
        } finally {
          await executor.close();
        }
      });
    }
  });
}
