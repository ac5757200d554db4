import type { Report } from "../../trial/report.ts";

/** The reports of a running trial as they stand after its latest change. */
interface Known {
  /** The study's sequence after that change. */
  readonly changed: number;
  readonly reports: readonly Report[];
}

/** The same, with what came since somebody looked: a report that nobody looks at costs no copy of those before it. */
interface Kept extends Known {
  readonly added: Report[];
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
  readonly #attempts = new Map<string, Kept>();

  /** Null where they must be read. */
  get(token: string, changed: number): readonly Report[] | null {
    const kept = this.#attempts.get(token);
    if (kept?.changed !== changed) return null;
    if (kept.added.length === 0) return kept.reports;
    const reports = Object.freeze(merged(kept));
    this.#attempts.set(token, { changed, reports, added: [] });
    return reports;
  }

  set(token: string, known: Known): void {
    this.#keep(token, { ...known, added: [] });
  }

  /** Only once the change is committed. */
  grow({ token, from, to, added }: Growth): void {
    const kept = this.#attempts.get(token);
    if (kept?.changed !== from) return;
    for (const report of added) kept.added.push(report);
    this.#keep(token, { ...kept, changed: to });
  }

  #keep(token: string, kept: Kept): void {
    this.#attempts.delete(token);
    this.#attempts.set(token, kept);
    const [first] = this.#attempts.keys();
    if (first !== undefined && this.#attempts.size > MOST) this.#attempts.delete(first);
  }

  forget(token: string): void {
    this.#attempts.delete(token);
  }
}

/** By step, in which order they nearly always came. */
function merged({ reports, added }: Kept): Report[] {
  return [...reports, ...added].sort((one, other) => one.step - other.step);
}
