import { inject, it } from "vitest";
// Declares what `inject` gives.
import type {} from "./setup.ts";

/** A test that runs python3; left out where there is none, as the run said once. */
export function itWithPython(title: string, body: () => Promise<void>): void {
  it.skipIf(!inject("hasPython"))(title, body);
}
