import { readFileSync } from "node:fs";

/** What one run of one optimizer found on one task. */
export interface Curve {
  readonly task: string;
  readonly optimizer: string;
  readonly seed: number;
  /** Trials that were evaluated at once. */
  readonly inFlight: number;
  /** Of the optimizer's code, where it is known. */
  readonly version?: string;
  /** Of the task, where it is known. */
  readonly taskVersion?: string;
  /** After each finished trial, the noise-free value of the incumbent, the trial with the lowest loss; infinite before. */
  readonly values: readonly number[];
}

/** Null while no trial had a loss: JSON has no Infinity. */
type JsonValue = number | null;

/** A line of a curve file. Where the incumbents are written out as `best_so_far`, any program can read them. */
interface Line {
  readonly task: string;
  readonly optimizer: string;
  readonly seed: number;
  readonly in_flight?: number;
  readonly version?: string;
  readonly task_version?: string;
  readonly n?: number;
  readonly best_so_far?: readonly JsonValue[];
  /** The short form: [trials finished before, value] of each new incumbent; `n` is how long it goes on. */
  readonly incumbents?: readonly (readonly [number, JsonValue])[];
  /** What `best_so_far` counts where it is not trials. */
  readonly unit?: string;
}

/** @throws naming file and line where one is no curve */
export function readCurves(path: string): readonly Curve[] {
  return parseCurves(readFileSync(path, "utf8"), path);
}

/**
 * The curves of a file of JSON lines. Lines that count something other than trials are left out.
 *
 * @param path names the file in errors
 */
export function parseCurves(text: string, path = "curves"): readonly Curve[] {
  return text.split("\n").flatMap((line, index): readonly Curve[] => {
    if (line.trim() === "") return [];
    const read = parseLine(line, `${path}:${index + 1}`);
    return read.unit === undefined ? [curveOf(read)] : [];
  });
}

function parseLine(text: string, at: string): Line {
  try {
    const line: Line = JSON.parse(text);
    const { task, optimizer, seed, best_so_far: values, incumbents, n } = line;
    const isCurve = Array.isArray(values) || (Array.isArray(incumbents) && Number.isInteger(n));
    if (task && optimizer && Number.isInteger(seed) && isCurve) return line;
  } catch {
    // what is no JSON is no such object
  }
  throw new Error(
    `${at}: expected a JSON object with task, optimizer, seed and best_so_far, received ${text.slice(0, 80)}`,
  );
}

function curveOf(line: Line): Curve {
  const values = line.best_so_far ?? unfold(line.incumbents ?? [], line.n ?? 0);
  return {
    task: line.task,
    optimizer: line.optimizer,
    seed: line.seed,
    inFlight: line.in_flight ?? 1,
    ...(line.version === undefined ? {} : { version: line.version }),
    ...(line.task_version === undefined ? {} : { taskVersion: line.task_version }),
    values: values.map((value) => value ?? Number.POSITIVE_INFINITY),
  };
}

/** One line, in the short form. Values keep seven digits. */
export function formatCurve({ values, inFlight, taskVersion, ...run }: Curve): string {
  const incumbents = values.flatMap((value, at) =>
    at > 0 && value === values[at - 1] ? [] : [[at, Number(value.toPrecision(7))]],
  );
  return JSON.stringify({ ...run, in_flight: inFlight, task_version: taskVersion, n: values.length, incumbents });
}

/** Curves of the same run replace one another: the longest stays. */
export function longest(curves: readonly Curve[]): readonly Curve[] {
  const kept = new Map<string, Curve>();
  for (const curve of curves) {
    const key = runKey(curve);
    if ((kept.get(key)?.values.length ?? 0) < curve.values.length) kept.set(key, curve);
  }
  return [...kept.values()];
}

/**
 * The curves that can be compared with runs of so many trials.
 *
 * One after another, the beginning of a longer run is a run. With several in flight it is not: the trials that end first
 * were asked for later, and knew more, than those that make up a shorter run.
 */
export function comparable(curves: readonly Curve[], trials: number): readonly Curve[] {
  return curves.filter(({ inFlight, values }) => inFlight === 1 || values.length === trials);
}

/** What makes two curves curves of the same run. */
export function runKey({
  task,
  optimizer,
  seed,
  inFlight,
}: Pick<Curve, "task" | "optimizer" | "seed" | "inFlight">): string {
  return JSON.stringify([task, optimizer, seed, inFlight]);
}

function unfold(incumbents: readonly (readonly [number, JsonValue])[], length: number): readonly JsonValue[] {
  const values: JsonValue[] = [];
  for (const [index, [, value]] of incumbents.entries()) {
    const end = incumbents[index + 1]?.[0] ?? length;
    while (values.length < end) values.push(value);
  }
  return values;
}
