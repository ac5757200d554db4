import type { Assignment } from "../space/assignment.ts";

/**
 * Text that two proposals share exactly when they are the same configuration at the same fidelity, in whatever order
 * their params stand.
 */
export function assignmentKey(assignment: Assignment, fidelity: number | undefined): string {
  let key = fidelity === undefined ? "" : `@${fidelity}`;
  for (const path of Object.keys(assignment).sort()) key += `\n${path}=${assignment[path]}`;
  return key;
}
