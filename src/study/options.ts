import { ParzenError } from "../errors.ts";
import { auto } from "../samplers/auto/auto.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { fingerprint } from "../space/fingerprint.ts";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import { storedWhere, type Where } from "../space/relation/where.ts";
import type { Store } from "../store/store.ts";
import { checkStudyName } from "../store/study-name.ts";
import type { Direction, StudySpec } from "../store/study-record.ts";
import { DIRECTION, METRIC, SEED } from "../sweep/checks.ts";
import { type Fidelity, type FidelityOptions, readFidelity } from "../trial/fidelity.ts";
import { checkNames, invalid } from "../trial/option-check.ts";
import { RUN_NAMES, type RunOptions } from "./settings.ts";
import { checkSampler } from "./strategy-check.ts";

/** What makes a study, beside what may change from run to run. */
export interface StudyOptions<S extends RootSpace = RootSpace> extends RunOptions {
  /** Its identity in its store. Default "study". */
  readonly name?: string;
  readonly space: S;
  /** What params must satisfy, e.g. `"warmup < epochs"`. Default nothing. */
  readonly where?: Where<ParamsOf<NoInfer<S>>>;
  /** What `openStore` takes, a path or URL, or an open store, which the study then leaves open. Default `memory:`. */
  readonly store?: string | Store;
  /** Default `auto()`. */
  readonly sampler?: Sampler;
  /** An integer, 0 or above. Default 0. */
  readonly seed?: number;
  /** Default "minimize". */
  readonly direction?: Direction;
  /** What the loss is called. Default "loss". */
  readonly metric?: string;
  /** The budget of a trial, for pruners with rungs; a trial has `max` of it. Default none. */
  readonly fidelity?: FidelityOptions;
}

/** The same over any space. */
export type AnyStudyOptions = Omit<StudyOptions, "where"> & { readonly where?: Where<never> };

/** The spec of a new study over a checked space, its defaults filled in here and nowhere else. */
export function specOf(options: AnyStudyOptions, { source: space }: CompiledSpace): StudySpec {
  const { name = "study", sampler = auto(), seed = 0, direction = "minimize", metric = "loss" } = options;
  checkNames(options, STUDY_NAMES);
  checkSampler(sampler);
  checkStudyName(name);
  if (SEED.read(seed) === undefined) throw invalid("seed", SEED.expected, seed);
  if (DIRECTION.read(direction) === undefined) throw invalid("direction", DIRECTION.expected, direction);
  if (METRIC.read(metric) === undefined) throw invalid("metric", METRIC.expected, metric);
  const { name: samplerName, version, options: samplerOptions } = sampler;
  return {
    name,
    space,
    fingerprint: fingerprint(space),
    where: storedWhere(options.where),
    direction,
    metric,
    seed,
    sampler: { name: samplerName, version, options: samplerOptions },
    ...(options.fidelity === undefined ? {} : { fidelity: fidelityOf(options.fidelity) }),
  };
}

/** @throws OPTION_INVALID */
export function fidelityOf(given: FidelityOptions): Fidelity {
  const read = readFidelity(given);
  if ("fidelity" in read) return read.fidelity;
  const { key, expected, received } = read.fault;
  const option = key === null ? "fidelity" : `fidelity.${key}`;
  if ("received" in read.fault) throw invalid(option, expected, received);
  throw new ParzenError("OPTION_INVALID", `${option}: ${expected}`);
}

/** The names of `StudyOptions`. */
export const STUDY_NAMES: readonly string[] = [
  ...["name", "space", "where", "store", "sampler", "seed", "direction", "metric", "fidelity"],
  ...RUN_NAMES,
];
