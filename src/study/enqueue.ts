import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { encode } from "../space/encode.ts";
import type { Relation } from "../space/relation/relation.ts";
import { checkRelations } from "../space/relation/where.ts";
import type { Store } from "../store/store.ts";
import type { StudyRecord } from "../store/study-record.ts";
import { checkNames, invalid } from "../trial/option-check.ts";
import { orient } from "./view/direction.ts";

/** Params of a study's own space, and the loss where it is known already. */
export interface Enqueued {
  readonly params: unknown;
  readonly loss: number | undefined;
  /** The number that the trial is to have, if any: where that is given out, nothing is queued. */
  readonly number?: number | undefined;
}

/** What params must fit, and where they go. */
export interface Accepting {
  readonly store: Store;
  readonly space: CompiledSpace;
  readonly relations: readonly Relation[];
}

/** @throws OPTION_INVALID for a known result without a loss that is a number */
export function checkKnown(known: unknown): void {
  const { loss } = checkNames(known, ["loss"]);
  if (typeof loss !== "number") throw invalid("loss", "a number", loss);
}

/**
 * Queues params to be tried next, or takes over a result that is already known.
 *
 * @param study as it is stored now
 * @returns the number of the queued trial; null where it has none
 * @throws ParamsError where the params are not of this space, or a relation forbids them
 */
export async function enqueue(
  { store, space, relations }: Accepting,
  study: StudyRecord,
  { params, loss, number }: Enqueued,
): Promise<number | null> {
  const assignment = encode(space, params);
  checkRelations(relations, assignment);
  return enqueueAssignment(store, study, { assignment, loss, number });
}

/** The same of an assignment that is valid and allowed. */
export async function enqueueAssignment(
  store: Store,
  study: StudyRecord,
  { assignment, loss, number }: Omit<Enqueued, "params"> & { readonly assignment: Assignment },
): Promise<number | null> {
  const fidelity = study.fidelity === undefined ? {} : { fidelity: study.fidelity.max };
  if (loss !== undefined) {
    const result = knownResult(orient(study.direction, loss));
    await store.importObservations(study.name, [{ assignment, ...fidelity, reports: [], result }]);
    return null;
  }
  const own = { expectedNumber: number ?? null, basis: study.sequence, memo: null, origin: "enqueued" } as const;
  const reserved = await store.reserve(study.name, { ...own, assignment, ...fidelity });
  return reserved.kind === "reserved" ? reserved.trial.number : null;
}

function knownResult(loss: number): { kind: "complete"; losses: [number] } | { kind: "failed" } {
  return Number.isFinite(loss) ? { kind: "complete", losses: [loss] } : { kind: "failed" };
}
