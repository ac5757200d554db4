/** Longer than any benchmark: no trial is lost while the machine does something else. */
const LEASE_MS = 1e9;

/** The part of a study that gives out trials. */
interface Asking<Asked> {
  ask(options: { readonly leaseMs: number }): Promise<Asked | null>;
  resume(): Promise<unknown>;
}

/**
 * The next trial of a study; null where every configuration was tried. A study pauses where its first trials fail, or
 * many in a row: in a benchmark that is what the task is like and no mistake, so it goes on.
 */
export async function askOn<Asked>(study: Asking<Asked>): Promise<Asked | null> {
  const asked = await study.ask({ leaseMs: LEASE_MS });
  if (asked !== null) return asked;
  await study.resume();
  return study.ask({ leaseMs: LEASE_MS });
}
