import type { Artifacts } from "../src/artifacts/artifacts.ts";
import { systemReason } from "../src/errors.ts";
import type { AttemptResult, Claim, Claimed, Committed, Fence, Store } from "../src/store/store.ts";
import { isGone } from "../src/store/study-errors.ts";
import type { StudyRecord } from "../src/store/study-record.ts";
import type { AttemptStore } from "../src/study/attempt/attempt-host.ts";
import { commitOnce } from "../src/study/attempt/commit-once.ts";
import { isPassing, type Retry, withRetries } from "../src/study/attempt/store-retry.ts";
import type { Outcome } from "../src/trial/outcome.ts";
import type { Report, Verdict } from "../src/trial/report.ts";
import type { Trial } from "../src/trial/trial.ts";
import { Notes } from "./notes.ts";
import { RenamedStudy } from "./renamed-study.ts";
import type { KeptOutcome, Spool } from "./spool.ts";

/** How long an outcome waits for the store before it is written to the disk. */
const KEEP_AFTER_MS = 1000;

/** What the store of one attempt works with. */
export interface AttemptStoreOptions {
  readonly store: Store;
  readonly spool: Spool;
  readonly study: StudyRecord;
  readonly number: number;
  /** Over when this process ends: what could not be committed stays on the disk. */
  readonly retry: Retry;
  /** An outcome is on the disk now, because the store is away. */
  kept(): void;
  /** It cannot be, and is gone if this process ends before the store is back. Told once. */
  unkept(reason: string): void;
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
  #isUnkept = false;

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
    return this.#keepMeanwhile(committing, () => this.#outcomeToKeep(fence, result));
  }

  /** Has the outcome on the disk while its commit takes long, and for good where this process ends before. */
  async #keepMeanwhile(committing: Promise<Committed>, outcome: () => KeptOutcome | null): Promise<Committed> {
    const { retry } = this.#options;
    let keeping: Promise<KeptOutcome | null> | null = null;
    let look: NodeJS.Timeout | undefined;
    const left = new Promise<null>((resolve) => {
      look = setInterval(() => {
        keeping ??= this.#keep(outcome());
        void keeping.then((kept) => {
          // What the disk did not take it may take the next time.
          if (kept === null) keeping = null;
          else if (retry.isOver()) resolve(null);
        });
      }, KEEP_AFTER_MS);
    });
    committing.catch(() => undefined); // heard below, unless this process leaves before
    try {
      const committed = await Promise.race([committing, left]);
      if (committed === null) return { kind: "ignored" };
      await this.#forget(keeping);
      return committed;
    } catch (error) {
      if (isGone(error)) {
        await this.#forget(keeping);
        throw error;
      }
      if ((await (keeping ?? this.#keep(outcome()))) === null || !isPassing(error)) throw error;
      return { kind: "ignored" };
    } finally {
      clearInterval(look);
    }
  }

  /** @returns what is on the disk now; null where the disk does not take it, or nobody could commit it */
  async #keep(outcome: KeptOutcome | null): Promise<KeptOutcome | null> {
    if (outcome === null) return null;
    try {
      await this.#options.spool.write(outcome);
    } catch (error) {
      if (!this.#isUnkept) this.#options.unkept(systemReason(error));
      this.#isUnkept = true;
      return null; // the commit goes on by itself
    }
    this.#options.kept();
    return outcome;
  }

  async #forget(keeping: Promise<KeptOutcome | null> | null): Promise<void> {
    const kept = await keeping;
    if (kept) await this.#options.spool.remove(kept);
  }

  #outcomeToKeep({ attempt, token }: Fence, result: AttemptResult): KeptOutcome | null {
    const { store, study, number } = this.#options;
    if (token === undefined) return null;
    const reports = this.#notes?.reports ?? [];
    return {
      v: 1,
      study: study.name,
      id: study.id,
      store: store.location,
      number,
      fence: { attempt, token },
      reports,
      result,
    };
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
