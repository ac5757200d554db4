/** Numbers by name, the metric among them. What is no finite number, such as Python's NaN, is NaN or an infinity. */
export interface Figures {
  readonly value: number;
  /** The other numbers beside it. */
  readonly others: { readonly [name: string]: number };
}

/**
 * The value of a metric in what a program printed: from the last line that is a JSON object holding it, else from the
 * last `name=value` or `name: value`, whatever the case of the name. Null where there is none.
 */
export function findMetric(stdout: string, metric: string): Figures | null {
  const lines = stdout.split("\n").toReversed();
  return first(lines, (line) => figuresOf(line, metric)) ?? first(lines, assignmentOf(metric));
}

/** The figures of a line that is a JSON object holding the metric. */
export function figuresOf(line: string, metric: string): Figures | null {
  const object = parseObject(line);
  // `null` is what JavaScript's own JSON makes of NaN.
  const value = object?.[metric] === null ? Number.NaN : numberOf(object?.[metric]);
  if (object === null || value === undefined) return null;
  const others = Object.entries(object).flatMap(([name, other]) => {
    const number = name === metric ? undefined : numberOf(other);
    return number === undefined ? [] : [[name, number] as const];
  });
  return { value, others: Object.fromEntries(others) };
}

/**
 * The JSON object on a line; null where it is none.
 *
 * @source Python's json.dumps writes NaN, Infinity and -Infinity bare, which no JSON is
 */
export function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  const text = line.trim();
  if (!text.startsWith("{") || !text.endsWith("}")) return null;
  try {
    return JSON.parse(
      text.replace(STRING_OR_BARE, (token) => (token.startsWith('"') ? token : (BARE[token] ?? token))),
    );
  } catch {
    return null;
  }
}

/** Strings are matched to be skipped; one that never ends reaches to the end, so that nothing in it is looked at again. */
const STRING_OR_BARE = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|-?\bInfinity\b|\bNaN\b/gs;

/** No program prints this string. */
const NOT_A_NUMBER = "\u0000NaN";

/** As JSON that means the same to `numberOf`. */
const BARE: { readonly [token: string]: string } = {
  NaN: JSON.stringify(NOT_A_NUMBER),
  Infinity: "1e999",
  "-Infinity": "-1e999",
};

function numberOf(value: unknown): number | undefined {
  if (value === NOT_A_NUMBER) return Number.NaN;
  return typeof value === "number" ? value : undefined;
}

/** Digits can be taken for it in one way only: a line may hold a million. */
const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|nan|inf(?:inity)?)`;

/** What ends a number: also the dot or comma of a sentence, but not those inside a longer number or a file's name. */
const END = String.raw`(?!\w|\.\w|,\d)`;

function assignmentOf(metric: string): (line: string) => Figures | null {
  const name = metric.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(String.raw`(?<![\w.-])${name}["']?\s*[=:]\s*(${NUMBER})${END}`, "gi");
  return (line) => {
    const text = [...line.matchAll(pattern)].at(-1)?.[1];
    return text === undefined ? null : { value: parseNumber(text), others: {} };
  };
}

function parseNumber(text: string): number {
  const infinite = /^([-+]?)inf/i.exec(text);
  if (infinite !== null) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}

function first<T>(lines: readonly string[], read: (line: string) => T | null): T | null {
  for (const line of lines) {
    const found = read(line);
    if (found !== null) return found;
  }
  return null;
}
