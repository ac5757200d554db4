import { isParzenError, show } from "../errors.ts";
import { isObject } from "../space/object.ts";
import type { Json } from "../trial/json.ts";
import type { CompleteOutcome, FailedOutcome, FailureReason, LostOutcome } from "../trial/outcome.ts";
import { messageOf, shorten } from "./failure-message.ts";
import { keptAttributes, keptMetrics, noteDropped } from "./kept-result.ts";
import { isExhaustion, isMachineFault, machineFault } from "./machine-fault.ts";

/** What becomes of a trial whose objective came back by itself. */
export type Result = CompleteOutcome | FailedOutcome | LostOutcome;

const EXPECTED = "expected a finite number or { loss, metrics?, attributes? }";

/**
 * What an objective's return value means. Only a finite loss completes a trial. A metric that is no finite number, or
 * one too many, is left out and named under `droppedMetrics` in the attributes; attributes that are no JSON, too long,
 * too deep or that hold a key `__proto__` are left out with the reason under `droppedAttributes`; other keys are named
 * under `droppedKeys`. None of these is worth a trained model. What is kept fits every store and a message of the slot's protocol.
 *
 * @throws what a getter of the value throws
 */
export function interpretResult(returned: unknown): Result {
  if (typeof returned === "number") {
    return Number.isFinite(returned) ? { kind: "complete", losses: [returned] } : refused(returned);
  }
  if (returned === undefined) {
    return invalid(`the objective returned nothing; ${EXPECTED}. Is a "return" missing?`);
  }
  if (!isObject(returned)) return refused(returned);
  const { loss, metrics, attributes } = returned;
  if (typeof loss !== "number" || !Number.isFinite(loss)) return refused(returned);
  return complete(loss, metrics, attributes, returned);
}

/** What the return value of an objective's test means: figures on the test split, and no loss of their own. */
export function interpretTest(returned: unknown): Result {
  const metrics = isObject(returned) ? returned["metrics"] : undefined;
  if (!isObject(metrics)) {
    return invalid(`the objective's test returned ${show(returned)}; expected { metrics: { name: number } }`);
  }
  return complete(0, metrics, undefined);
}

/** The outcome of a test that an objective does not have. */
export function noTest(objective: string): FailedOutcome {
  return invalid(`the objective of "${objective}" has no test: it is a function, expected { evaluate, test }`);
}

/** Codes of what is wrong on this machine, and may be right on another: its data, and what it trains on. */
const OF_MACHINE: ReadonlySet<string> = new Set(["DATA_INVALID", "NO_BACKEND"]);

/**
 * What a throw means: the error's message without its stack, which belongs in the log. It is no failure of the objective
 * that the disk is full, the machine has run out of something else or takes no files, the data on it is wrong, or no
 * training backend works there. Never throws itself.
 */
export function interpretThrow(thrown: unknown): FailedOutcome | LostOutcome {
  const message = messageOf(thrown);
  return isOfMachine(thrown) ? machineFault(message) : failed("error", message);
}

/** False also for what cannot be looked at, such as a revoked proxy. */
function isOfMachine(thrown: unknown): boolean {
  try {
    return (isParzenError(thrown) && OF_MACHINE.has(thrown.code)) || isMachineFault(thrown) || isExhaustion(thrown);
  } catch {
    return false;
  }
}

/** A failure whose message is as long as one may be. */
export function failed(reason: FailureReason, message: string): FailedOutcome {
  return { kind: "failed", reason, message: shorten(message) };
}

export function invalid(message: string): FailedOutcome {
  return failed("invalid", message);
}

function refused(returned: unknown): FailedOutcome {
  return invalid(`the objective returned ${show(returned)}; ${EXPECTED}`);
}

function complete(loss: number, metrics: unknown, attributes: unknown, returned: object = {}): Result {
  const notes: Record<string, Json> = {};
  if (metrics !== undefined && !isObject(metrics)) {
    return invalid(`the objective returned metrics ${show(metrics)}; expected { name: number }`);
  }
  noteDropped(returned, notes);
  const figures = metrics === undefined ? {} : keptMetrics(metrics, notes);
  const described = { ...(attributes === undefined ? {} : keptAttributes(attributes, notes)), ...notes };
  return {
    kind: "complete",
    losses: [loss],
    ...(Object.keys(figures).length > 0 ? { metrics: figures } : {}),
    ...(Object.keys(described).length > 0 ? { attributes: described } : {}),
  };
}
