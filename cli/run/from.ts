import { ParzenError } from "../../src/errors.ts";
import { decode } from "../../src/space/decode.ts";
import { relationsOf } from "../../src/space/relation/where.ts";
import { isAbsent } from "../../src/store/absent.ts";
import type { Store } from "../../src/store/store.ts";
import type { Direction, StudyRecord } from "../../src/store/study-record.ts";
import { fittingResults, type Giver, type KnownResult, type Taker } from "../../src/study/fitting-results.ts";
import type { Study } from "../../src/study/study.ts";
import { bestOf, checkTransfer, giverOf, type TakenOver, takeOver } from "../../src/study/take-over.ts";
import { withStore } from "../options/store-option.ts";
import { count, figure } from "../render/figure.ts";
import { recordOf } from "../study/study-argument.ts";
import type { RunPlan } from "./plan.ts";
import { lastRenamed } from "./renamed.ts";

/** What one study named by `--from` gave, or would give. */
export interface From extends TakenOver {
  readonly study: string;
}

/**
 * The studies that `--from` names, as they are now: before the one that takes over is begun or renamed.
 *
 * @param store null where there is none yet
 * @throws STUDY_NOT_FOUND
 */
export async function giversOf(store: Store | null, plan: RunPlan): Promise<readonly Giver[]> {
  const { from = [], store: location } = plan.flags;
  return Promise.all(
    from.map(async (text) => giverNamed(store ?? location, (await renamedBefore(store, plan, text)) ?? text)),
  );
}

/** What a run that was killed before it had begun its new study has called the old one, which this one is to take over. */
async function renamedBefore(store: Store | null, { name, flags }: RunPlan, text: string): Promise<string | null> {
  if (store === null || flags.fresh !== true || text !== name || (await store.findStudy(name)) !== null) return null;
  return lastRenamed(await store.listStudies(), name)?.name ?? null;
}

/**
 * A study of this store, or behind a `#` one of another store.
 *
 * @param store its location where there is none yet
 */
async function giverNamed(store: Store | string, text: string): Promise<Giver> {
  const hash = text.lastIndexOf("#");
  const isHere = hash < 0 || (typeof store !== "string" && (await store.findStudy(text)) !== null);
  const location = isHere ? store : text.slice(0, hash);
  if (typeof location === "string" && isAbsent(location)) {
    throw new ParzenError("STUDY_NOT_FOUND", `--from ${text}: there is no store at ${location}`, {
      hint: "Write <study>, or <store>#<study> for one of another store",
    });
  }
  if (typeof location !== "string") return giverIn(location, text);
  return withStore({ store: location }, (other) => giverIn(other, text.slice(hash + 1)));
}

async function giverIn(store: Store, name: string): Promise<Giver> {
  return giverOf(store, (await recordOf(store, name)).name);
}

/**
 * Refuses what cannot be taken over, before a study is begun, changed or renamed for it.
 *
 * @param study the one that takes over; null where it is yet to be begun
 * @throws OPTION_INVALID
 */
export function checkGivers(givers: readonly Giver[], plan: RunPlan, study: StudyRecord | null): void {
  const taker = takerOf(plan);
  for (const giver of givers) checkTransfer({ giver, taker }, study);
}

/** Takes over what fits, for a study that is open. */
export async function takeFrom(study: Study, givers: readonly Giver[], plan: RunPlan): Promise<readonly From[]> {
  const taken: From[] = [];
  for (const giver of givers) {
    const taker = takerOf(plan);
    const result = await takeOver(study.store, await study.refresh(), { giver, taker });
    taken.push({ study: giver.study.name, ...result });
  }
  return taken;
}

/** What a new study would take over. Nothing is written. */
export function previewFrom(
  givers: readonly Giver[],
  plan: RunPlan,
): { readonly from: readonly From[]; readonly results: readonly KnownResult[] } {
  const taker = takerOf(plan);
  const fitting = givers.map((giver) => ({ giver, ...fittingResults(giver, taker) }));
  return {
    from: fitting.map(({ giver, results, leftOut }) => {
      return { study: giver.study.name, taken: results.length, known: 0, best: bestOf(results, taker), leftOut };
    }),
    results: fitting.flatMap(({ results }) => results),
  };
}

function takerOf({ sweep }: RunPlan): Taker {
  const { space, where, direction, metric } = sweep;
  const defaults = sweep.defaults === null ? null : decode(space, sweep.defaults);
  return { space, relations: relationsOf(space, where), direction, metric, defaults };
}

/** What was taken over, for people: a line for each study, and one for each reason to leave something out. */
export function fromLines(from: readonly From[]): readonly string[] {
  return from.flatMap(({ study, taken, known, best, leftOut }) => {
    const before = known === 0 ? "" : `, ${known} known before`;
    const figures = best === null ? "" : `, the best ${figure(best)}`;
    return [
      `${count(taken, "result")} of ${study} taken over${before}${figures}`,
      ...leftOut.map(({ reason, count: left }) => `  ${left} left out: ${reason}`),
    ];
  });
}

/** Says where a result that was taken over is better than the study's own best one, which alone is shown. */
export function betterLine(from: readonly From[], own: number | null, direction: Direction): string | null {
  const isBetter = (one: number, other: number): boolean => (direction === "minimize" ? one < other : one > other);
  let better: { readonly study: string; readonly loss: number } | null = null;
  for (const { study, best } of from) {
    const least = better?.loss ?? own;
    if (best !== null && (least === null || isBetter(best, least))) better = { study, loss: best };
  }
  return better === null ? null : `what ${better.study} found is still better: ${figure(better.loss)}`;
}
