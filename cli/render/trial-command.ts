import type { Assignment } from "../../src/space/assignment.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { expandCommand } from "../../src/trial/command-line.ts";
import { shellQuote } from "../invocation.ts";

/** The command of one trial with the whole budget, as it can be typed at a shell. */
export function trialCommand(
  command: readonly string[],
  { space, fidelity }: Pick<LoadedSweep, "space" | "fidelity">,
  assignment: Assignment,
): string {
  const argv = expandCommand(command, space, { assignment, fidelity: fidelity?.max ?? null });
  return argv.map(shellQuote).join(" ");
}
