import type { Report } from "../../trial/report.ts";
import type { Trial } from "../../trial/trial.ts";

/** From so many on they are kept: fewer are sent again as soon as said to be known. */
const LEAST = 32;

/** Trials of which reports are kept at most; the one that was kept first goes first. */
const MOST = 1024;

/** When a trial was as it was read. */
interface ReadAt {
  /** Of its study. */
  readonly id: string;
  /** Of the server, before the question. */
  readonly epoch: number;
  /** Of the study. */
  readonly sequence: number;
}

interface Known extends Pick<ReadAt, "sequence"> {
  readonly reports: readonly Report[];
}

/** What a question tells the server. */
export interface Told {
  /**
   * The id of the study; and of each trial its number, the sequence, how many reports are known, the step of the last one
   * and how far before it the one before is. None where nothing is known.
   */
  readonly args: readonly string[];
  readonly reports: ReadonlyMap<number, readonly Report[]>;
}

export const NONE_KNOWN: Told = Object.freeze({
  args: Object.freeze([]),
  reports: new Map<number, readonly Report[]>(),
});

/**
 * Reports of running trials that this process has read, so that one more report does not have all before it sent again: the
 * server gives those that came since. They are of one study at a time, the one that was read last, and of one epoch.
 */
export class KnownReports {
  readonly #trials = new Map<number, Known>();
  #id: string | undefined;
  #epoch: number | undefined;

  remember({ number, state, reports }: Trial, { id, epoch, sequence }: ReadAt): void {
    if (id !== this.#id || epoch !== this.#epoch) this.#trials.clear();
    [this.#id, this.#epoch] = [id, epoch];
    this.#trials.delete(number);
    if (state !== "running" || reports.length < LEAST) return;
    this.#trials.set(number, { sequence, reports });
    const [first] = this.#trials.keys();
    if (first !== undefined && this.#trials.size > MOST) this.#trials.delete(first);
  }

  /** For a question to the study. */
  told(id: string | undefined, epoch: number): Told {
    if (id === undefined || id !== this.#id || epoch !== this.#epoch || this.#trials.size === 0) return NONE_KNOWN;
    const trials = [...this.#trials].map(([number, { sequence, reports }]) => {
      const last = reports.at(-1)?.step ?? 0;
      return [number, sequence, reports.length, last, last - (reports.at(-2)?.step ?? 0)];
    });
    const reports = new Map([...this.#trials].map(([number, known]) => [number, known.reports]));
    return { args: [id, JSON.stringify(trials)], reports };
  }
}
