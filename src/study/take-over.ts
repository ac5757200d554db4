import { ParzenError } from "../errors.ts";
import { assignmentKey } from "../store/assignment-key.ts";
import { toExactJson } from "../store/exact-json.ts";
import { isOpenStore } from "../store/given-store.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { studyNotFound } from "../store/study-errors.ts";
import type { StudyRecord } from "../store/study-record.ts";
import {
  checkDirections,
  fittingResults,
  type Giver,
  type KnownResult,
  type LeftOut,
  type Taker,
} from "./fitting-results.ts";
import { orient } from "./view/direction.ts";

/** Where the other study is, and what its params may lack. */
export interface TakeOptions<P = unknown> {
  /** Its store: a path, a URL, or an open one. Default: that of the study which takes over. */
  readonly store?: string | Store;
  /** Params whose values trials get that have none of their own, for what the space did not have then. */
  readonly defaults?: P;
}

/** What a study took over from another one. */
export interface TakenOver {
  /** How many results are known now that were not. */
  readonly taken: number;
  /** How many were taken over before. */
  readonly known: number;
  /** The best loss of both, as the study gives them; null where none is complete. */
  readonly best: number | null;
  /** How many were left out, by reason, the commonest first. */
  readonly leftOut: readonly LeftOut[];
}

/** Results that are written in one go. */
const AT_ONCE = 500;

/** Everything that a study found. @throws STUDY_NOT_FOUND */
export async function giverOf(store: Store, name: string): Promise<Giver> {
  const study = await store.findStudy(name);
  if (study === null) throw studyNotFound(name, store.location);
  const { trials, imported } = await store.snapshot(name, 0);
  return { study, trials, imported };
}

/** The same, of a store that is opened for it where only its location is given. */
export async function readGiver(location: string | Store, name: string): Promise<Giver> {
  if (isOpenStore(location)) return giverOf(location, name);
  const store = await openStore(location);
  try {
    return await giverOf(store, name);
  } finally {
    await store.close();
  }
}

/**
 * Refuses what cannot be taken over.
 *
 * @param study null where it is yet to be begun
 * @throws OPTION_INVALID where the study is to take over from itself, or from one that goes in the other direction
 */
export function checkTransfer({ giver, taker }: Transfer, study: StudyRecord | null): void {
  if (giver.study.id === study?.id) {
    throw new ParzenError("OPTION_INVALID", `study "${study.name}" has its own results already`, {
      hint: "Name another study to take results from.",
    });
  }
  checkDirections(giver.study, taker);
}

/**
 * Imports what fits and is not known yet: the same call again imports nothing twice.
 *
 * @throws OPTION_INVALID as `checkTransfer` does
 */
export async function takeOver(store: Store, study: StudyRecord, { giver, taker }: Transfer): Promise<TakenOver> {
  checkTransfer({ giver, taker }, study);
  const { results, leftOut } = fittingResults(giver, taker);
  const { imported } = await store.snapshot(study.name, 0);
  const known = new Set(imported.map(keyOf));
  const fresh = results.filter((result) => !known.has(keyOf(result)));
  for (let at = 0; at < fresh.length; at += AT_ONCE) {
    await store.importObservations(study.name, fresh.slice(at, at + AT_ONCE));
  }
  return { taken: fresh.length, known: results.length - fresh.length, best: bestOf(results, taker), leftOut };
}

/** From whom to whom. */
export interface Transfer {
  readonly giver: Giver;
  readonly taker: Taker;
}

/** The best loss among results, in the direction of who takes them. */
export function bestOf(results: readonly KnownResult[], { direction }: Pick<Taker, "direction">): number | null {
  let best = Number.POSITIVE_INFINITY;
  for (const { result } of results) if (result.kind === "complete") best = Math.min(best, result.losses[0]);
  return best === Number.POSITIVE_INFINITY ? null : orient(direction, best);
}

function keyOf({ assignment, fidelity, result }: KnownResult): string {
  return `${assignmentKey(assignment, fidelity)}\n${toExactJson(result)}`;
}
