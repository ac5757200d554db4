import { describe, it } from "vitest";
import type { Check } from "./check.ts";

/** What is tested, under which name. */
export interface Subject<T> {
  readonly label: string;
  readonly make: () => T;
  /** Whether the excusable laws do not bind it. */
  readonly isExcused: boolean;
}

/** Declares a test for every law of a port that binds an implementation, in vitest. */
export function describeContract<T>(port: string, checks: readonly Check<T>[], subject: Subject<T>): void {
  const { label, make, isExcused } = subject;
  describe(`${label}: ${port} contract`, () => {
    for (const { name, isExcusable = false, run } of checks) {
      if (!(isExcused && isExcusable)) it(name, () => run(make));
    }
  });
}
