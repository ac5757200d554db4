import { contrast, ParzenError } from "../errors.ts";

/** A place in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is wrong in a sweep file, where, and what was expected instead. */
export interface SweepFault {
  /** As the user knows the file: relative to the working directory where that is shorter. */
  readonly file: string;
  /** Null where the format or the runtime does not tell. */
  readonly position?: Position | null;
  /** Dotted path of the key, e.g. `space.lr`; `""` for the file as a whole. */
  readonly path: string;
  /** What should be there, or, where `received` is absent, a whole sentence. */
  readonly expected: string;
  readonly received?: unknown;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A sweep file that cannot be run. */
export class SweepError extends ParzenError {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly path: string;
  readonly expected: string;
  readonly received: unknown;

  constructor(fault: SweepFault) {
    const { position = null, hint } = fault;
    super("SWEEP_INVALID", messageOf(fault), { ...(hint === undefined ? {} : { hint }), cause: fault.cause });
    this.file = fault.file;
    this.line = position?.line ?? null;
    this.column = position?.column ?? null;
    this.path = fault.path;
    this.expected = fault.expected;
    this.received = fault.received;
  }
}

function messageOf(fault: SweepFault): string {
  const where = fault.position ? `${fault.file}:${fault.position.line}:${fault.position.column}` : fault.file;
  const what = fault.path === "" ? "" : `${fault.path}: `;
  if (!("received" in fault)) return `${where}: ${what}${fault.expected}`;
  return `${where}: ${what}${contrast(fault.path, fault.expected, fault.received)}`;
}
