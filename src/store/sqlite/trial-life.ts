import { randomUUID } from "node:crypto";
import type { Observation } from "../../trial/observation.ts";
import type { Report, Verdict } from "../../trial/report.ts";
import { settle } from "../../trial/settle.ts";
import { checkpointTrial, claimTrial, judgeTrial, renewLease, reserveTrial } from "../../trial/transition.ts";
import type { RunningTrial, Trial } from "../../trial/trial.ts";
import { frozenCopy } from "../frozen-copy.ts";
import type { AttemptResult, Claim, Claimed, Committed, Fence, Reservation, Reserved } from "../store.ts";
import { leads } from "../study-change.ts";
import type { Database } from "./database.ts";
import type { Growth } from "./known-reports.ts";
import type { StudyHead, StudyTable } from "./study-table.ts";
import type { TrialTable } from "./trial-table.ts";

export interface Tables {
  readonly database: Database;
  readonly studies: StudyTable;
  readonly trials: TrialTable;
  readonly now: () => number;
}

/** The methods of the port that change trials: each is one transaction around a transition. */
export class TrialLife {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  reserve(name: string, given: Reservation): Reserved {
    const reservation = frozenCopy(given);
    const { studies, trials } = this.#tables;
    return this.#tables.database.write(() => {
      const study = studies.head(name);
      const refusal = this.#refusal(study, reservation);
      if (refusal !== null) return refusal;
      const sequence = study.sequence + 1;
      const { plan = null } = reservation;
      const nowMs = this.#tables.now();
      const trial = reserveTrial({ ...reservation, plan, number: study.nextNumber, sequence, nowMs });
      trials.insert(study.key, trial, sequence);
      studies.advance(study.key, sequence, study.nextNumber + 1);
      return { kind: "reserved", trial };
    });
  }

  #refusal(study: StudyHead, reservation: Reservation): Reserved | null {
    const { expectedNumber, origin, mayRepeat = false, leader, maxPending } = reservation;
    const { maxTrials } = study.settings;
    if (maxTrials !== null && study.nextNumber >= maxTrials) return { kind: "spent" };
    if (expectedNumber !== null && expectedNumber !== study.nextNumber) return { kind: "conflict" };
    if (leader !== undefined && !leads(study.driver, leader, this.#tables.now())) return { kind: "deposed" };
    if (maxPending !== undefined && this.#tables.trials.countPending(study.key) >= maxPending) return { kind: "full" };
    const isNew = origin !== "sampler" || mayRepeat || !this.#tables.trials.isTaken(study.key, reservation);
    return isNew ? null : { kind: "conflict" };
  }

  claim(name: string, number: number, claim: Claim): Claimed {
    const { holder, leaseMs, version, whileRunning = false, studyId } = claim;
    const { studies, trials } = this.#tables;
    return this.#tables.database.write(() => {
      const study = studies.head(name, studyId);
      const stored = trials.get(study, number);
      const trial = stored.checkpoint === null ? stored : trials.withReports(study.key, stored);
      const isHeld = whileRunning && study.control !== "running";
      if (trial.state !== "queued" || isHeld) return { kind: "refused", state: trial.state };
      const nowMs = this.#tables.now();
      const claimed = claimTrial(trial, { holder: frozenCopy(holder), version, leaseUntilMs: nowMs + leaseMs, nowMs });
      const token = randomUUID();
      const sequence = study.sequence + 1;
      trials.updateClaimed(study.key, claimed, { changed: sequence, token });
      studies.advance(study.key, sequence, study.nextNumber);
      return { kind: "claimed", trial: claimed, token, trialTimeoutMs: study.settings.trialTimeoutMs };
    });
  }

  renew(name: string, number: number, fence: Fence, leaseMs: number): Verdict | "stale" {
    return this.#attempt(name, number, fence, (study, trial) => {
      const renewed = renewLease(trial, this.#tables.now() + leaseMs);
      if (renewed !== trial) this.#put(study, renewed);
    });
  }

  report(name: string, number: number, fence: Fence, reports: readonly Report[]): Verdict | "stale" {
    const { studies, trials } = this.#tables;
    const grown: Growth[] = [];
    const verdict = this.#attempt(name, number, fence, (study) => {
      const growth = trials.addReports(study, number, reports);
      if (growth === null) return;
      studies.advance(study.key, growth.to, study.nextNumber);
      grown.push(growth);
    });
    for (const growth of grown) trials.grown(growth);
    return verdict;
  }

  checkpoint(name: string, number: number, fence: Fence, step: number): Verdict | "stale" {
    return this.#attempt(name, number, fence, (study, trial) => {
      const noted = checkpointTrial(trial, step);
      if (noted === trial) return;
      this.#put(study, noted);
      if (step < (trial.checkpoint ?? -1)) this.#tables.trials.dropReportsAfter(study.key, number, step);
    });
  }

  judge(name: string, number: number, verdict: Verdict): void {
    this.#tables.database.write(() => {
      const study = this.#tables.studies.head(name);
      const trial = this.#tables.trials.get(study, number);
      if (trial.state === "queued" && verdict === "cancel") {
        this.#settle(study, trial, { outcome: { kind: "cancelled" }, log: "" });
      }
      if (trial.state !== "running") return;
      const judged = judgeTrial(trial, verdict);
      if (judged !== trial) this.#put(study, judged);
    });
  }

  commit(name: string, number: number, fence: Fence, result: AttemptResult): Committed {
    const { database, studies, trials } = this.#tables;
    return database.write(() => {
      const study = studies.head(name);
      const trial = trials.fenced(study, number, fence);
      const isEarly = fence.ifExpired === true && trial !== null && trial.leaseUntilMs > this.#tables.now();
      if (trial === null || isEarly) return { kind: "ignored" };
      return { kind: "committed", trial: this.#settle(study, trials.withReports(study.key, trial), result) };
    });
  }

  importObservations(name: string, observations: readonly Omit<Observation, "number">[]): void {
    if (observations.length === 0) return;
    const { database, studies, trials } = this.#tables;
    database.write(() => {
      const study = studies.head(name);
      const importedAt = study.sequence + 1;
      trials.insertImported(
        study.key,
        observations.map((observation) => ({ ...observation, number: null, importedAt })),
      );
      studies.advance(study.key, importedAt, study.nextNumber);
    });
  }

  /** Does something for the attempt that `fence` speaks for, and gives its verdict. */
  #attempt(
    name: string,
    number: number,
    fence: Fence,
    act: (study: StudyHead, trial: RunningTrial) => void,
  ): Verdict | "stale" {
    return this.#tables.database.write(() => {
      const study = this.#tables.studies.head(name);
      const trial = this.#tables.trials.fenced(study, number, fence);
      if (trial === null) return "stale";
      act(study, trial);
      return trial.verdict;
    });
  }

  #settle(study: StudyHead, trial: Trial, { outcome, log }: AttemptResult): Trial {
    const { maxLost, errorRetries } = study.settings;
    const sequence = study.sequence + 1;
    const settled = settle(trial, frozenCopy(outcome), {
      sequence,
      nowMs: this.#tables.now(),
      maxLost,
      errorRetries,
      log,
    });
    this.#put(study, settled);
    if ("log" in settled) this.#tables.trials.setLog(study.key, settled.number, settled.log);
    return settled;
  }

  /** Writes the next state of a trial as one change. */
  #put(study: StudyHead, trial: Trial): void {
    const sequence = study.sequence + 1;
    this.#tables.trials.update(study.key, trial, sequence);
    this.#tables.studies.advance(study.key, sequence, study.nextNumber);
  }
}
