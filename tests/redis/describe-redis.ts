import { describe, inject } from "vitest";
// Declares what `inject` gives.
import type {} from "./setup.ts";

/** A suite that starts Redis servers of its own; left out where none can be started, as the run said once. */
export function describeRedis(title: string, body: () => void): void {
  describe.skipIf(inject("redis").program === null)(title, body);
}
