import type { FailedTrial, TrialState } from "./trial.ts";

/** Failed trials that gave the same message. */
export interface FailureGroup {
  readonly message: string;
  readonly reason: FailedTrial["reason"];
  /** By number. */
  readonly trials: readonly number[];
}

/** A trial as it is stored or shown. */
type Ended = Failed | { readonly state: Exclude<TrialState, "failed"> };
type Failed = Pick<FailedTrial, "state" | "number" | "reason" | "message">;

/** Failures by message, the commonest first. Numbers in a message do not tell it from another. */
export function failuresOf(trials: readonly Ended[]): readonly FailureGroup[] {
  const groups = new Map<string, Omit<FailureGroup, "trials"> & { trials: number[] }>();
  for (const trial of trials.filter((each) => each.state === "failed")) {
    const [message = ""] = messageLines(trial.message);
    const key = failureKey(trial);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { message, reason: trial.reason, trials: [trial.number] });
    else group.trials.push(trial.number);
  }
  return [...groups.values()].sort((left, right) => right.trials.length - left.trials.length);
}

/** What failures of the same kind share. */
export function failureKey({ reason, message }: { readonly reason: string; readonly message: string }): string {
  const [first = ""] = messageLines(message);
  return `${reason} ${first.replaceAll(/\d+(\.\d+)?/g, "#")}`;
}

/** The lines of a message that say something; where a list is shown, the first one stands for all. */
export function messageLines(message: string): readonly string[] {
  return message.trim().split(/\s*[\r\n]\s*/);
}

/** What a message stands behind: `timeout: `; nothing where the objective threw, which its message says. */
export function reasonPrefix(reason: string): string {
  return reason === "error" ? "" : `${reason}: `;
}

/** The numbers of the first trials: `#3, #7, ...`. */
export function firstTrials({ trials }: FailureGroup): string {
  const shown = trials.slice(0, FIRST).map((number) => `#${number}`);
  return trials.length > FIRST ? [...shown, "..."].join(", ") : shown.join(", ");
}

const FIRST = 5;
