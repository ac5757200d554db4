import type { StudyView } from "../../src/study/view/view.ts";

/** Failed trials that gave the same message. */
export interface FailureGroup {
  readonly message: string;
  readonly reason: string;
  /** By number. */
  readonly trials: readonly number[];
}

/** Failures by message, the commonest first. Numbers in a message do not tell it from another. */
export function failuresOf(view: StudyView): readonly FailureGroup[] {
  const groups = new Map<string, { message: string; reason: string; trials: number[] }>();
  for (const trial of view.trials) {
    if (trial.state !== "failed") continue;
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

/** A group in one line: how often, why, and the numbers of the first trials. */
export function failureLine({ message, reason, trials }: FailureGroup): string {
  const shown = trials.slice(0, 5).map((number) => `#${number}`);
  const more = trials.length > shown.length ? ", ..." : "";
  return `${trials.length} x ${reasonPrefix(reason)}${message} (${shown.join(", ")}${more})`;
}
