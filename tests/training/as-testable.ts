import type { Objective, TestableObjective } from "../../src/trial/context.ts";

/** The objective of a sweep that can be tested; fails where it is none. */
export function asTestable<P>(objective: Objective<P> | undefined): TestableObjective<P> {
  if (objective === undefined || typeof objective === "function") throw new Error("expected a testable objective");
  return objective;
}
