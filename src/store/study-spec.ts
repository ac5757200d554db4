import type { StudySpec } from "./study-record.ts";

/** What of a record stays as it is from a study's beginning to its end. */
export function specOf({
  name,
  space,
  fingerprint,
  where,
  direction,
  metric,
  seed,
  sampler,
  fidelity,
}: StudySpec): StudySpec {
  const spec = { name, space, fingerprint, where, direction, metric, seed, sampler };
  return fidelity === undefined ? spec : { ...spec, fidelity };
}
