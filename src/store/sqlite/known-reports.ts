import type { Report } from "../../trial/report.ts";

/** The reports of a running trial as they stand after its latest change. */
interface Known {
  /** The study's sequence after that change. */
  readonly changed: number;
  readonly reports: readonly Report[];
}

/** One change of a running trial that only added reports. */
export interface Growth {
  /** Of the attempt. */
  readonly token: string;
  /** The study's sequence after the change before this one, and after this one. */
  readonly from: number;
  readonly to: number;
  readonly added: readonly Report[];
}

/** Attempts whose reports are kept at most; the one that was kept first goes first. */
const MOST = 256;

/**
 * Reports of running trials that this process has read or written itself, so that one more report does not cost reading
 * all before it again. Whatever else changed a trial, here or in another process, is told by its sequence.
 */
export class KnownReports {
  /** By token, which no other attempt ever has. */
  readonly #attempts = new Map<string, Known>();

  /** Null where they must be read. */
  get(token: string, changed: number): readonly Report[] | null {
    const known = this.#attempts.get(token);
    return known?.changed === changed ? known.reports : null;
  }

  set(token: string, known: Known): void {
    this.#attempts.delete(token);
    this.#attempts.set(token, known);
    const [first] = this.#attempts.keys();
    if (first !== undefined && this.#attempts.size > MOST) this.#attempts.delete(first);
  }

  /** Only once the change is committed. */
  grow({ token, from, to, added }: Growth): void {
    const before = this.get(token, from);
    if (before === null) return;
    const reports = [...before, ...added];
    const isInOrder = (added[0]?.step ?? 0) > (before.at(-1)?.step ?? -1) && added.length === 1;
    if (!isInOrder) reports.sort((one, other) => one.step - other.step);
    this.set(token, { changed: to, reports: Object.freeze(reports) });
  }

  forget(token: string): void {
    this.#attempts.delete(token);
  }
}
