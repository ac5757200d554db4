/**
 * The files of one checkpoint: `checkpoint.<step>.<attempt>.<save>.<n>` for what was saved, and last
 * `checkpoint.<step>.<attempt>.<save>.whole`, which says what they are. No two saves share a name, so one that is cut
 * short spoils no other.
 */
const RESERVED = /^checkpoint\.(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.(?:\d{1,16}|(whole))$/;

/** Which save of which attempt. */
export interface Save {
  readonly step: number;
  readonly attempt: number;
  /** Counts the saves of the attempt, from 0. */
  readonly save: number;
}

export interface CheckpointName extends Save {
  /** Whether it is the file that says what the others are. */
  readonly isWhole: boolean;
}

/** Null for a file that belongs to no checkpoint. */
export function parseCheckpointName(name: string): CheckpointName | null {
  const [isName, step, attempt, save, whole] = RESERVED.exec(name) ?? [];
  if (isName === undefined) return null;
  return { step: Number(step), attempt: Number(attempt), save: Number(save), isWhole: whole !== undefined };
}

export function checkpointName({ step, attempt, save }: Save, part: number | "whole"): string {
  return `checkpoint.${step}.${attempt}.${save}.${part}`;
}
