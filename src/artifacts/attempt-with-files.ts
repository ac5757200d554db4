import type { Trial } from "../trial/trial.ts";

/**
 * The attempt whose files are the trial's: the newest. One that has not taken over the files of those before it, or was
 * lost before it could, left them where they were; whatever completed or was pruned has taken them over.
 *
 * @param hasFiles whether an attempt has any
 */
export async function attemptWithFiles(
  { state, attempt: newest }: Pick<Trial, "state" | "attempt">,
  hasFiles: (attempt: number) => Promise<boolean>,
): Promise<number> {
  if (state === "complete" || state === "pruned") return newest;
  for (let attempt = newest; attempt > 0; attempt--) {
    if (await hasFiles(attempt)) return attempt;
  }
  return newest;
}
