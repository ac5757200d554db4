import { ParzenError } from "../errors.ts";
import { checkObjective, isObjective } from "../executor/objective.ts";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import { isKeyed } from "../space/object.ts";
import type { Objective } from "../trial/context.ts";
import { checkNames, invalid } from "../trial/option-check.ts";
import { OPTIMIZE_LAWS, type OptimizeOptions } from "./driver/drive-options.ts";
import { checkListener, type StudyListeners } from "./events.ts";
import { openOrCreateStudy } from "./open.ts";
import { STUDY_NAMES, type StudyOptions } from "./options.ts";
import type { CompleteStudyTrial, StudyTrial } from "./study-trial.ts";
import type { EndReason } from "./view/stopping.ts";

/** Options of `fmin`. */
export interface FminOptions<S extends RootSpace = RootSpace> extends Omit<StudyOptions<S>, "space">, OptimizeOptions {
  /** Total of trials. Without it some other rule must end the search. */
  readonly maxTrials?: number;
  /** Hears what happens meanwhile, e.g. `{ settled: ({ trial }) => console.log(trial.number) }`. */
  readonly on?: StudyListeners<ParamsOf<S>>;
}

const FMIN_NAMES = [...STUDY_NAMES, ...Object.keys(OPTIMIZE_LAWS), "on"];

/** What a search found. */
export interface FminResult<P> {
  /** The earliest of the trials with the best loss; null where none is complete. */
  readonly best: CompleteStudyTrial<P> | null;
  readonly trials: readonly StudyTrial<P>[];
  /** Why it ended. */
  readonly reason: EndReason;
}

/**
 * Finds the params that minimize an objective.
 *
 * Nothing is written unless a store is given; then a study of the same name is continued, and one that is finished is
 * only read. Without `maxTrials`, `timeoutMs`, `targetLoss` or `patience` it ends with a finite space or never.
 *
 * @throws SpaceError, OPTION_INVALID, STUDY_CHANGED, STUDY_LIVE where another process runs it, what `openStore` throws,
 * and what the check of the objective throws; never for what else the objective does
 */
export async function fmin<const S extends RootSpace>(
  objective: Objective<ParamsOf<NoInfer<S>>>,
  space: S,
  options: FminOptions<S> = {},
): Promise<FminResult<ParamsOf<S>>> {
  checkOrder(objective, space);
  checkObjective(objective);
  checkFmin(options, space);
  const { parallelism, signal, keepModels, on = {}, ...rest } = options;
  const listeners = Object.entries(on).filter(([, listener]) => listener !== undefined);
  const study = await openOrCreateStudy<S>({ ...rest, space });
  try {
    for (const [event, listener] of listeners) study.on(event as keyof typeof on, listener as never); // by its own name
    const reason = await study.optimize(objective as Objective<ParamsOf<S>>, {
      ...(parallelism === undefined ? {} : { parallelism }),
      ...(signal === undefined ? {} : { signal }),
      ...(keepModels === undefined ? {} : { keepModels }),
    });
    return { best: await study.best(), trials: await study.trials(), reason };
  } finally {
    await study.close();
  }
}

/** @throws OPTION_INVALID where what can be called is where the space should be */
function checkOrder(objective: unknown, space: unknown): void {
  if (!isObjective(space) || isObjective(objective)) return;
  throw new ParzenError("OPTION_INVALID", "fmin: the space and the objective are swapped", {
    hint: "Write fmin(objective, space, options).",
  });
}

/** Options that a study was made with may come with its space. */
function checkFmin(options: { readonly on?: unknown; readonly space?: unknown }, space: RootSpace): void {
  checkNames(options, FMIN_NAMES);
  const { on = {}, space: another = space } = options;
  if (another !== space) throw invalid("space", "none, or the second argument again", another);
  if (!isKeyed(on)) throw invalid("on", "an object of listeners by event", on);
  for (const [event, listener] of Object.entries(on)) if (listener !== undefined) checkListener(event, listener);
}
