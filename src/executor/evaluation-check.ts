import { ParzenError, show } from "../errors.ts";
import { isObject } from "../space/object.ts";
import { hasJson, isCount } from "../trial/option-check.ts";
import { FAILURE_REASONS, type Outcome } from "../trial/outcome.ts";
import type { Evaluation } from "./executor.ts";
import { LOG_BYTES, Tail } from "./output.ts";

/** What an outcome of one kind must have. */
interface OutcomeLaw {
  readonly expected: string;
  isValid(outcome: { readonly [key: string]: unknown }): boolean;
}

const BARE: OutcomeLaw = { expected: "", isValid: () => true };

/** NaN is a loss that fails its trial. */
const LAWS: { readonly [K in Outcome["kind"]]: OutcomeLaw } = {
  complete: {
    expected: "losses: [a finite number]; metrics, if any, that are finite numbers, and attributes that are JSON",
    isValid: ({ losses, constraints = [], metrics = {}, attributes = {} }) =>
      areNumbers(losses, isLoss) &&
      losses.length > 0 &&
      areNumbers(constraints, isLoss) &&
      isObject(metrics) &&
      areNumbers(Object.values(metrics), Number.isFinite) &&
      isObject(attributes) &&
      hasJson(attributes),
  },
  pruned: { expected: "step: 0, 1, 2 ...", isValid: ({ step }) => isCount(0)(step) },
  failed: {
    expected: `message: a text, and reason: ${FAILURE_REASONS.join(", ")}`,
    isValid: ({ reason, message }) => FAILURE_REASONS.some((each) => each === reason) && typeof message === "string",
  },
  lost: {
    expected: "message: a text, and machine: a boolean, if any",
    isValid: ({ message = "", machine = false }) => typeof message === "string" && typeof machine === "boolean",
  },
  "handed-back": BARE,
  cancelled: BARE,
};

/**
 * What an executor gives: one of the user's own may give anything, and a store cannot keep all of it.
 *
 * @returns it with the end of its log
 * @throws OPTION_INVALID
 */
export function checkedEvaluation(given: unknown): Evaluation {
  if (!isEvaluation(given)) throw refused(given, "{ outcome: { kind }, log: a text }");
  const { outcome, log } = given;
  const { expected, isValid } = LAWS[outcome.kind];
  if (!isValid({ ...outcome })) throw refused(given, `${outcome.kind} with ${expected}`);
  return 3 * log.length <= LOG_BYTES ? given : { outcome, log: endOf(log) };
}

function isEvaluation(given: unknown): given is Evaluation {
  if (!isObject(given) || typeof given["log"] !== "string" || !isObject(given["outcome"])) return false;
  return Object.hasOwn(LAWS, String(given["outcome"]["kind"]));
}

function endOf(log: string): string {
  const tail = new Tail();
  tail.push(log);
  return tail.text();
}

function areNumbers(values: unknown, isValid: (value: unknown) => boolean): values is readonly unknown[] {
  return Array.isArray(values) && values.every(isValid);
}

function isLoss(value: unknown): boolean {
  return Number.isFinite(value) || Number.isNaN(value);
}

function refused(given: unknown, expected: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `the executor gave ${show(given)} for an evaluation: expected ${expected}`);
}
