import { closest, distance } from "fastest-levenshtein";

/** Stable codes; a program may switch on them, a message may change. */
export type ErrorCode =
  | "SPACE_INVALID"
  | "PARAMS_INVALID"
  | "OPTION_INVALID"
  | "SWEEP_INVALID"
  | "SWEEP_NOT_FOUND"
  | "DATA_INVALID"
  | "STUDY_EXISTS"
  | "STUDY_NOT_FOUND"
  | "STUDY_CHANGED"
  | "STUDY_LIVE"
  | "TRIAL_NOT_FOUND"
  | "TRIAL_NOT_RUNNING"
  | "STORE_UNAVAILABLE"
  | "STORE_CORRUPT"
  | "STORE_NEWER"
  | "STORE_FULL"
  | "ARTIFACT_REFUSED"
  | "MACHINE_FAULT"
  | "NO_TEST"
  | "NOTHING_TO_PLOT"
  | "NO_BACKEND"
  | "DEPENDENCY_MISSING";

/** Base of every error that a user can cause. Its message is complete without the stack. */
export class ParzenError extends Error {
  readonly code: ErrorCode;
  /** What to do next, as one sentence or command; undefined where the message already says it. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
  }
}

/** Whether it is an error of a user's making; also where another copy of the package threw it. */
export function isParzenError(thrown: unknown): thrown is ParzenError {
  return thrown instanceof Error && thrown.name.endsWith("Error") && "code" in thrown && "hint" in thrown;
}

/** A search space that no sampler could draw from. Thrown where the space is defined or compiled, never mid-study. */
export class SpaceError extends ParzenError {
  /** Dotted path of the offending part, `""` for the space itself. */
  readonly path: string;
  readonly expected: string;
  readonly received: unknown;

  constructor(path: string, expected: string, received: unknown, hint?: string) {
    const message = `${path === "" ? "space" : path}: expected ${expected}, received ${show(received)}`;
    super("SPACE_INVALID", message, hint === undefined ? {} : { hint });
    this.path = path;
    this.expected = expected;
    this.received = received;
  }
}

/** Params or an assignment that do not belong to their space. */
export class ParamsError extends ParzenError {
  readonly path: string;
  readonly expected: string;
  readonly received: unknown;

  constructor(path: string, expected: string, received: unknown) {
    super("PARAMS_INVALID", `${path === "" ? "params" : path}: ${contrast(path, expected, received)}`);
    this.path = path;
    this.expected = expected;
    this.received = received;
  }
}

/**
 * A value as a message shows it: JSON where that exists, behind the class of what is no plain object or list, cut at
 * 120 characters. It never throws, whatever the value.
 */
export function show(value: unknown): string {
  if (typeof value === "number" || typeof value === "undefined") return String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  const text = attempt(() => jsonOf(value)) ?? attempt(() => String(value)) ?? "a value that cannot be shown";
  const shown = `${attempt(() => classOf(value)) ?? ""}${text}`;
  return shown.length > 120 ? `${shown.slice(0, 117)}...` : shown;
}

/** The same of what a file or a command line may have left out: there nobody writes `undefined`. */
export function showGiven(value: unknown): string {
  return value === undefined ? "nothing" : show(value);
}

/**
 * `expected a number, received "x"`, and of a part that was left out `missing, expected a number`.
 *
 * @param path of the part; `""` for the whole
 */
export function contrast(path: string, expected: string, received: unknown): string {
  if (received === undefined && path !== "") return `missing, expected ${expected}`;
  return `expected ${expected}, received ${showGiven(received)}`;
}

/** `Promise `, `Map `, `Date ` and the like: their JSON alone looks like something else. Nothing for plain values. */
function classOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name !== "string" || PLAIN_CLASSES.has(name) ? "" : `${name} `;
}

const PLAIN_CLASSES = new Set(["", "Object", "Array"]);

/** JSON, but for numbers that it does not have, which stand as they are, and `[circular]` where a value holds itself. */
function jsonOf(value: unknown): string | undefined {
  const above: unknown[] = [];
  const text = JSON.stringify(value, function (this: unknown, _key, inner) {
    if (typeof inner === "bigint") return `${inner}n`;
    if (typeof inner === "number" && !Number.isFinite(inner)) return `${BARE}${inner}`;
    if (typeof inner !== "object" || inner === null) return inner;
    above.length = above.lastIndexOf(this) + 1;
    if (above.includes(inner)) return `${BARE}[circular]`;
    above.push(inner);
    return inner;
  });
  return text?.replace(BARE_TEXT, "$1");
}

/** Begins what is to stand without quotes; no text of a person's does. */
const BARE = "\uFFFFbare ";
const BARE_TEXT = new RegExp(`"${BARE}([^"]*)"`, "g");

/** Undefined where it throws, as a getter or an object without a text of its own does. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** What was thrown, as a text: the message of an error; anything else may be thrown too. */
export function thrownMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What the system said, without its name for the error and without the path: `permission denied`. */
export function systemReason(error: unknown): string {
  const message = thrownMessage(error);
  return /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message;
}

/** ` (did you mean "x"?)` for the nearest of the known words, or nothing where none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const words = known.filter((each) => each !== ""); // a space may have a path or literal that is empty
  if (words.length === 0) return "";
  const best = closest(word, words);
  const apart = distance(word, best);
  const isNear = apart <= Math.max(1, Math.floor(best.length / 3)) && apart < Math.max(word.length, best.length);
  return isNear ? ` (did you mean "${best}"?)` : "";
}
