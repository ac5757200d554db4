import type { Artifacts } from "../src/artifacts/artifacts.ts";
import type { AttemptResult, Claim, Claimed, Committed, Fence, Store } from "../src/store/store.ts";
import type { StudyRecord } from "../src/store/study-record.ts";
import type { AttemptStore } from "../src/study/attempt/attempt-host.ts";
import { commitOnce } from "../src/study/attempt/commit-once.ts";
import { withRetries } from "../src/study/attempt/store-retry.ts";
import type { Outcome } from "../src/trial/outcome.ts";
import type { Report, Verdict } from "../src/trial/report.ts";
import type { Trial } from "../src/trial/trial.ts";
import { Notes } from "./notes.ts";
import { RenamedStudy } from "./renamed-study.ts";
import type { KeptOutcome } from "./spool.ts";
import { type WaitingOptions, WaitingOutcome } from "./waiting-outcome.ts";

/** What the store of one attempt works with. */
export interface AttemptStoreOptions extends WaitingOptions {
  readonly store: Store;
  readonly study: StudyRecord;
  readonly number: number;
  /** The objective's own outcome is on its way: what the same connection is told from now on comes after it. */
  sent(): void;
}

/**
 * A store as one attempt sees it: one whose absence costs the attempt nothing. Reports wait in memory and the objective
 * goes on; the outcome waits on the disk and is committed when the store is back, by this process or by the next worker
 * with the same folder.
 */
export class RetryingAttemptStore implements AttemptStore {
  readonly artifacts: Artifacts;
  /** The trial's state, where the claim was refused. */
  refused: Trial["state"] | null = null;
  /** How the attempt ended. */
  outcome: Outcome | null = null;
  /** The store did not count the outcome: the trial had ended by then, or another attempt had it. */
  isStale = false;
  readonly #options: AttemptStoreOptions;
  readonly #study: RenamedStudy;
  #notes: Notes | null = null;

  constructor(options: AttemptStoreOptions) {
    this.artifacts = options.store.artifacts;
    this.#options = options;
    this.#study = new RenamedStudy(options.store, options.study);
  }

  async claim(name: string, number: number, claim: Claim): Promise<Claimed> {
    const { store } = this.#options;
    const claimed = await store.claim(name, number, { ...claim, whileRunning: true });
    this.refused = claimed.kind === "refused" ? claimed.state : null;
    return claimed;
  }

  async renew(name: string, number: number, fence: Fence, leaseMs: number): Promise<Verdict | "stale"> {
    const verdict = await this.#study.renew(name, number, fence, leaseMs);
    this.#notes?.flush().catch(() => undefined); // a later one, or the commit, sends them
    return verdict;
  }

  report(name: string, number: number, fence: Fence, reports: readonly Report[]): Promise<Verdict | "stale"> {
    return this.#notesOf(name, number, fence).tell({ kind: "reports", reports });
  }

  checkpoint(name: string, number: number, fence: Fence, step: number): Promise<Verdict | "stale"> {
    return this.#notesOf(name, number, fence).tell({ kind: "checkpoint", step });
  }

  /** Whether the attempt ended as the objective had it, which only a machine that works allows. */
  get isOwnDoing(): boolean {
    const kind = this.outcome?.kind;
    return kind === "complete" || kind === "pruned" || kind === "failed";
  }

  /** `ignored` also where it stays on the disk. */
  async commit(name: string, number: number, fence: Fence, result: AttemptResult): Promise<Committed> {
    const { retry, sent } = this.#options;
    this.outcome = result.outcome;
    const notes = this.#notes;
    const commit = async (): Promise<Committed> => {
      const committed = await commitOnce(this.#study, { study: name, number }, { fence, result });
      this.isStale = committed.kind === "ignored";
      return committed;
    };
    const committing = withRetries(() => (notes === null ? commit() : notes.flush().then(commit)), retry);
    // Reports and logs are made ready first; without them the call leaves before what comes in the next tick.
    if (notes === null && result.log === "" && this.isOwnDoing) process.nextTick(sent);
    return new WaitingOutcome(this.#options, () => this.#outcomeToKeep(fence, result)).until(committing);
  }

  #outcomeToKeep({ attempt, token }: Fence, result: AttemptResult): KeptOutcome | null {
    if (token === undefined) return null;
    const { store, study, number } = this.#options;
    const about = { study: study.name, id: study.id, store: store.location, number };
    return { v: 1, ...about, fence: { attempt, token }, reports: this.#notes?.reports ?? [], result };
  }

  #notesOf(name: string, number: number, fence: Fence): Notes {
    this.#notes ??= new Notes((note) =>
      note.kind === "reports"
        ? this.#study.report(name, number, fence, note.reports)
        : this.#study.checkpoint(name, number, fence, note.step),
    );
    return this.#notes;
  }
}
