import { ParamsError, ParzenError } from "../errors.ts";
import type { Assignment } from "../space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../space/compile.ts";
import { decode } from "../space/decode.ts";
import { encode } from "../space/encode.ts";
import { filledParams } from "../space/fill.ts";
import type { Relation } from "../space/relation/relation.ts";
import { brokenRelation } from "../space/relation/where.ts";
import type { Direction, ImportedObservation, StudyRecord } from "../store/study-record.ts";
import type { Observation, ObservedResult } from "../trial/observation.ts";
import { observationOf } from "../trial/observe.ts";
import type { Trial } from "../trial/trial.ts";
import { orient } from "./view/direction.ts";

/** A result without a number of its own. */
export type KnownResult = Omit<Observation, "number">;

/** Whose results are taken over. */
export interface Giver {
  readonly study: StudyRecord;
  readonly trials: readonly Trial[];
  readonly imported: readonly ImportedObservation[];
}

/** Who takes them over. */
export interface Taker {
  readonly space: CompiledSpace;
  readonly relations: readonly Relation[];
  readonly direction: Direction;
  readonly metric: string;
  /** Params whose values those get that lack one; null for none. */
  readonly defaults: unknown;
}

/** What fits, and why the rest does not. */
export interface Fitting {
  readonly results: readonly KnownResult[];
  readonly leftOut: readonly LeftOut[];
}

/** Results that were left out for one reason. */
export interface LeftOut {
  readonly reason: string;
  readonly count: number;
}

/**
 * What a study can learn from another one: every finished trial whose params are valid in its space and satisfy its
 * relations. Params go by name, so options may have moved and a constant may be searched now; what they lack, defaults
 * give.
 *
 * @throws OPTION_INVALID where both name one metric and go in different directions
 */
export function fittingResults(giver: Giver, taker: Taker): Fitting {
  checkDirections(giver.study, taker);
  const space = compileSpace(giver.study.space);
  const results: KnownResult[] = [];
  const reasons = new Map<string, number>();
  const leaveOut = (reason: string): void => void reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const each of [...giver.imported, ...giver.trials]) {
    const known = "state" in each ? resultOf(each, giver.study, taker) : importedResult(each, giver.study, taker);
    if (typeof known === "string") {
      leaveOut(known);
      continue;
    }
    const moved = movedTo(taker, decode(space, known.assignment));
    if (typeof moved === "string") leaveOut(moved);
    else results.push({ ...known, assignment: moved });
  }
  const leftOut = [...reasons].map(([reason, count]) => ({ reason, count }));
  return { results, leftOut: leftOut.sort((left, right) => right.count - left.count) };
}

/** @throws OPTION_INVALID where both name one metric and go in different directions */
export function checkDirections({ name, metric, direction }: StudyRecord, taker: Taker): void {
  if (metric !== taker.metric || direction === taker.direction) return;
  throw new ParzenError(
    "OPTION_INVALID",
    `study "${name}" wants to ${direction} ${metric}, and this one to ${taker.direction} it`,
    {
      hint: "Results can be taken over only where better means the same.",
    },
  );
}

/** Failures that come of the params; the others may have been mended since. */
const BY_PARAMS: readonly string[] = ["invalid", "timeout", "memory"];

/** A trial as a result, or why it is none. */
function resultOf(trial: Trial, { metric }: StudyRecord, taker: Taker): KnownResult | string {
  const { assignment, fidelity } = trial;
  const base = fidelity === undefined ? { assignment, reports: [] } : { assignment, fidelity, reports: [] };
  switch (trial.state) {
    case "queued":
    case "running":
      return "not finished";
    case "cancelled":
      return "cancelled";
    case "failed":
      return BY_PARAMS.includes(trial.reason) ? { ...base, result: { kind: "failed" } } : `failed: ${trial.reason}`;
    case "complete":
    case "pruned": {
      if (metric !== taker.metric) {
        const result = trial.state === "complete" ? figureOf(trial.metrics, taker) : null;
        return result === null ? withoutFigure(taker) : { ...base, result };
      }
      const { number: _, ...observed } = observationOf(trial) ?? { number: null, ...base, result: FAILED };
      return observed;
    }
  }
}

const FAILED: ObservedResult = { kind: "failed" };

function importedResult(
  { number: _, importedAt: __, ...observed }: ImportedObservation,
  { metric }: StudyRecord,
  taker: Taker,
): KnownResult | string {
  return metric === taker.metric ? observed : withoutFigure(taker);
}

/** What was a metric beside the loss may be the loss now. */
function figureOf(metrics: { readonly [name: string]: number }, { metric, direction }: Taker): ObservedResult | null {
  const figure = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
  if (figure === undefined || !Number.isFinite(figure)) return null;
  return { kind: "complete", losses: [orient(direction, figure)] };
}

function withoutFigure({ metric }: Taker): string {
  return `no figure ${metric}`;
}

/** The assignment that params have in another space, or why they have none. */
function movedTo({ space, relations, defaults }: Taker, params: unknown): Assignment | string {
  let assignment: Assignment;
  try {
    assignment = encode(space, defaults === null ? params : filledParams(space, params, defaults));
  } catch (error) {
    if (!(error instanceof ParamsError)) throw error;
    const { path, expected, received } = error;
    return received === undefined ? `${path}: it has none, and no default gives one` : `${path}: expected ${expected}`;
  }
  const broken = brokenRelation(relations, assignment);
  return broken === null ? assignment : `forbidden by ${broken.text}`;
}
