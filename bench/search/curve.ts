/** What one run of one optimizer found on one task. */
export interface Curve {
  readonly task: string;
  readonly optimizer: string;
  readonly seed: number;
  /** Trials that were evaluated at once. */
  readonly inFlight: number;
  /** Of the optimizer's code, where it is known. */
  readonly version?: string;
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
  readonly n?: number;
  readonly best_so_far?: readonly JsonValue[];
  /** The short form: [trials finished before, value] of each new incumbent; `n` is how long it goes on. */
  readonly incumbents?: readonly (readonly [number, JsonValue])[];
  /** What `best_so_far` counts where it is not trials. */
  readonly unit?: string;
}

/** The curves of a file of JSON lines. Lines that count something other than trials are left out. */
export function parseCurves(text: string): readonly Curve[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines
    .map((line) => JSON.parse(line) as Line)
    .filter(({ unit }) => unit === undefined)
    .map((line) => ({
      task: line.task,
      optimizer: line.optimizer,
      seed: line.seed,
      inFlight: line.in_flight ?? 1,
      ...(line.version === undefined ? {} : { version: line.version }),
      values: (line.best_so_far ?? unfold(line.incumbents ?? [], line.n ?? 0)).map(
        (value) => value ?? Number.POSITIVE_INFINITY,
      ),
    }));
}

/** One line, in the short form. Values keep seven digits. */
export function formatCurve({ task, optimizer, seed, inFlight, version, values }: Curve): string {
  const incumbents = values.flatMap((value, at) =>
    at > 0 && value === values[at - 1] ? [] : [[at, Number(value.toPrecision(7))]],
  );
  return JSON.stringify({ task, optimizer, seed, in_flight: inFlight, version, n: values.length, incumbents });
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

/** What makes two curves curves of the same run. */
export function runKey({ task, optimizer, seed, inFlight }: Omit<Curve, "values" | "version">): string {
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
