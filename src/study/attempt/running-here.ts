/** An attempt at a trial that this process makes. */
interface RunningHere {
  readonly number: number;
  readonly studyId: string;
}

/** Every copy of the package in this thread knows this place: their trials have the same holder. */
const PLACE = Symbol.for("parzen.attempts");

/** Attempts that this thread makes, over all its studies, from before their claim until after their commit. */
const attempts = attemptsHere();

function attemptsHere(): Set<RunningHere> {
  const shared = globalThis as { [PLACE]?: Set<RunningHere> }; // a global of our own, which no type knows
  shared[PLACE] ??= new Set();
  return shared[PLACE];
}

/** Keeps an attempt from being taken for one that nobody makes any more, until the returned function is called. */
export function runHere(attempt: RunningHere): () => void {
  attempts.add(attempt);
  return () => attempts.delete(attempt);
}

/** Whether this thread still works on a trial. */
export function isRunningHere(studyId: string, number: number): boolean {
  for (const attempt of attempts) if (attempt.number === number && attempt.studyId === studyId) return true;
  return false;
}
