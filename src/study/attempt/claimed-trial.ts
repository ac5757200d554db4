import type { AttemptResult, Claimed, Committed, Fence } from "../../store/store.ts";
import type { Report, Verdict } from "../../trial/report.ts";
import type { Holder, RunningTrial } from "../../trial/trial.ts";
import type { AttemptHost } from "./attempt-host.ts";
import { withRetries } from "./store-retry.ts";

/** A trial that an attempt has claimed: what is said of it to the store, which is waited for where it is away. */
export class ClaimedTrial {
  readonly trial: RunningTrial;
  /** Of the study at the claim. */
  readonly trialTimeoutMs: number | null | undefined;
  readonly token: string;
  readonly #host: AttemptHost;
  readonly #fence: Fence;

  /** @returns null where somebody else has the trial, or nobody is to run it now */
  static async claim(host: AttemptHost, number: number, holder: Holder): Promise<ClaimedTrial | null> {
    const { store, study, leaseMs, version } = host;
    const claim = { holder, leaseMs, version, studyId: study.id };
    const claimed = await withRetries(() => store.claim(study.name, number, claim), host);
    return claimed.kind === "refused" ? null : new ClaimedTrial(host, claimed);
  }

  private constructor(host: AttemptHost, { trial, token, trialTimeoutMs }: Extract<Claimed, { kind: "claimed" }>) {
    this.trial = trial;
    this.trialTimeoutMs = trialTimeoutMs;
    this.token = token;
    this.#host = host;
    this.#fence = { attempt: trial.attempt, token };
  }

  /** Prolongs the lease. A store that is away is not waited for: the next one comes soon. */
  renew(): Promise<Verdict | "stale"> {
    const { store, study, leaseMs } = this.#host;
    return store.renew(study.name, this.trial.number, this.#fence, leaseMs);
  }

  /** Whether another attempt has the trial by now, or none. Where this one has it, its lease is a whole one again. */
  async isStale(): Promise<boolean> {
    return (await withRetries(() => this.renew(), this.#host)) === "stale";
  }

  report(reports: readonly Report[]): Promise<Verdict | "stale"> {
    const { store, study } = this.#host;
    return withRetries(() => store.report(study.name, this.trial.number, this.#fence, reports), this.#host);
  }

  /** Notes that the trial's files cover it up to a step. */
  checkpoint(step: number): Promise<Verdict | "stale"> {
    const { store, study } = this.#host;
    return withRetries(() => store.checkpoint(study.name, this.trial.number, this.#fence, step), this.#host);
  }

  commit(result: AttemptResult): Promise<Committed> {
    const { store, study } = this.#host;
    return withRetries(() => store.commit(study.name, this.trial.number, this.#fence, result), this.#host);
  }
}
