import type { Assignment } from "../space/assignment.ts";

/**
 * Text that two proposals share exactly when they are the same configuration at the same fidelity, in whatever order
 * their params stand.
 */
export function assignmentKey(assignment: Assignment, fidelity: number | undefined): string {
  let key = fidelity === undefined ? "" : `@${fidelity}`;
  for (const path of sortedPaths(assignment)) key += `\n${path}=${assignment[path]}`;
  return key;
}

/** Samplers give them in one order, which is seldom worth sorting. */
function sortedPaths(assignment: Assignment): readonly string[] {
  const paths = Object.keys(assignment);
  const isSorted = paths.every((path, at) => at === 0 || (paths[at - 1] ?? "") <= path);
  return isSorted ? paths : paths.sort();
}
