import type { StudyView } from "../../src/study/view/view.ts";
import { isPending, type Trial } from "../../src/trial/trial.ts";

/** What a trial had gone through when it was last looked at. */
type Past = Pick<Trial, "lost" | "errors" | "attempt">;

/** A trial that went back to the queue, as it is by now: another worker may have claimed it already. */
export interface Returned {
  readonly trial: Trial;
  /** Null where nobody is to blame: it was handed back. */
  readonly because: string | null;
}

/**
 * Knows which trials went back to the queue and why, each time once. Where a worker returns another one's trial and claims
 * it in one go, a driver only ever sees that the next attempt runs.
 */
export class Returns {
  readonly #view: StudyView;
  readonly #past = new Map<number, Past>();

  constructor(view: StudyView) {
    this.#view = view;
  }

  /** What happened before is not told. */
  begin(): void {
    for (const trial of this.#view.trials) if (isPending(trial)) this.#past.set(trial.number, endedAttempts(trial));
  }

  /** @returns what is to be told of a trial now; null where its latest attempt is the first, or was told of */
  next(number: number): Returned | null {
    const trial = this.#view.trials[number];
    if (trial === undefined) return null;
    const now = endedAttempts(trial);
    const before = this.#past.get(number) ?? { lost: 0, errors: 0, attempt: 0 };
    if (now.attempt <= before.attempt) return null;
    this.#past.set(number, now);
    return { trial, because: reasonOf(trial, before) };
  }
}

/** Attempts that went back to the queue, without the one that runs or ended the trial. */
function endedAttempts({ lost, errors, attempt, state }: Trial): Past {
  return { lost, errors, attempt: state === "queued" ? attempt : attempt - 1 };
}

function reasonOf({ lost, hosts, errors, checkpoint }: Trial, before: Past): string | null {
  if (lost > before.lost) return `lost with ${hosts.at(-1)}`;
  if (errors > before.errors) return "its error is tried again";
  return checkpoint === null ? null : `it goes on after step ${checkpoint}`;
}
