import { randomUUID } from "node:crypto";
import type { Observation } from "../trial/observation.ts";
import type { Report, Verdict } from "../trial/report.ts";
import { settle } from "../trial/settle.ts";
import { checkpointTrial, claimTrial, judgeTrial, renewLease, reserveTrial } from "../trial/transition.ts";
import { isPending, type PendingTrial, type RunningTrial, type Trial } from "../trial/trial.ts";
import { assignmentKey } from "./assignment-key.ts";
import { frozenCopy } from "./frozen-copy.ts";
import { MemoryChanges } from "./memory-changes.ts";
import { MemoryTrials } from "./memory-trials.ts";
import type { AttemptResult, Claim, Claimed, Committed, Fence, Reservation, Reserved } from "./store.ts";
import * as change from "./study-change.ts";
import { trialNotFound } from "./study-errors.ts";
import type { ImportedObservation, Snapshot, StudyArchive, StudyRecord } from "./study-record.ts";

/** One study in memory. Records are frozen and replaced on change, so they are handed out as they are. */
export class MemoryStudy {
  #record: StudyRecord;
  readonly #trials: MemoryTrials;
  readonly #imported: ImportedObservation[];
  readonly #changes: MemoryChanges;
  readonly #tokens = new Map<number, string>();
  readonly #taken = new Set<string>();
  /** What makes tokens of this study unlike any other's. */
  readonly #secret = randomUUID();
  readonly #now: () => number;

  constructor(record: StudyRecord, now: () => number, from?: Pick<StudyArchive, "trials" | "imported">) {
    this.#record = record;
    this.#changes = new MemoryChanges(record.sequence);
    this.#trials = new MemoryTrials(from?.trials ?? []);
    this.#imported = [...(from?.imported ?? [])];
    this.#now = now;
    for (const { assignment, fidelity } of this.trials) this.#taken.add(assignmentKey(assignment, fidelity));
  }

  get record(): StudyRecord {
    const { sequence } = this.#changes;
    const nextNumber = this.#trials.count;
    if (this.#record.sequence !== sequence) this.#record = Object.freeze({ ...this.#record, sequence, nextNumber });
    return this.#record;
  }

  set record(record: StudyRecord) {
    this.#record = record;
  }

  get trials(): readonly Trial[] {
    return this.#trials.all();
  }

  get imported(): readonly ImportedObservation[] {
    return this.#imported;
  }

  find(number: number): Trial {
    return this.#trials.find(number) ?? this.#refuse(number);
  }

  /** Perhaps without its newest reports. */
  #peek(number: number): Trial {
    return this.#trials.peek(number) ?? this.#refuse(number);
  }

  #refuse(number: number): never {
    throw trialNotFound(this.#record.name, number);
  }

  snapshot(since: number): Snapshot {
    const study = this.record;
    const nowMs = this.#now();
    if (since >= study.sequence) return { study, nowMs, trials: [], imported: [] };
    const after = this.#imported.findLastIndex(({ importedAt }) => importedAt <= since) + 1;
    return { study, nowMs, trials: this.#changedTrials(since), imported: this.#imported.slice(after) };
  }

  reserve(reservation: Reservation): Reserved {
    const { expectedNumber, assignment, fidelity, origin, basis, memo, plan = null, mayRepeat = false } = reservation;
    const number = this.#trials.count;
    const { maxTrials } = this.#record.settings;
    if (maxTrials !== null && number >= maxTrials) return { kind: "spent" };
    if (expectedNumber !== null && expectedNumber !== number) return { kind: "conflict" };
    const { leader, maxPending } = reservation;
    if (leader !== undefined && !change.leads(this.#record.driver, leader, this.#now())) return { kind: "deposed" };
    if (maxPending !== undefined && this.#trials.pending >= maxPending) return { kind: "full" };
    const key = assignmentKey(assignment, fidelity);
    if (origin === "sampler" && !mayRepeat && this.#taken.has(key)) return { kind: "conflict" };
    const trial = reserveTrial({
      number,
      assignment: frozenCopy(assignment),
      fidelity,
      origin,
      basis,
      memo: frozenCopy(memo),
      plan: frozenCopy(plan),
      sequence: this.#changes.sequence + 1,
      nowMs: this.#now(),
    });
    this.#taken.add(key);
    this.#put(trial);
    return { kind: "reserved", trial };
  }

  importObservations(observations: readonly Omit<Observation, "number">[]): void {
    if (observations.length === 0) return;
    this.#changes.ofImport();
    for (const observation of observations) {
      this.#imported.push(frozenCopy({ ...observation, number: null, importedAt: this.#changes.sequence }));
    }
  }

  claim(number: number, { holder, leaseMs, version, whileRunning = false }: Claim): Claimed {
    const trial = this.find(number);
    const isHeld = whileRunning && this.#record.control !== "running";
    if (trial.state !== "queued" || isHeld) return { kind: "refused", state: trial.state };
    const nowMs = this.#now();
    const claimed = claimTrial(trial, { holder: frozenCopy(holder), version, leaseUntilMs: nowMs + leaseMs, nowMs });
    const token = `${this.#secret} ${number} ${claimed.attempt}`;
    this.#tokens.set(number, token);
    this.#put(claimed);
    return { kind: "claimed", trial: claimed, token, trialTimeoutMs: this.#record.settings.trialTimeoutMs };
  }

  renew(number: number, fence: Fence, leaseMs: number): Verdict | "stale" {
    const trial = this.#fenced(number, fence);
    if (trial === null) return "stale";
    this.#put(renewLease(trial, this.#now() + leaseMs));
    return trial.verdict;
  }

  report(number: number, fence: Fence, reports: readonly Report[]): Verdict | "stale" {
    const trial = this.#fenced(number, fence);
    if (trial === null) return "stale";
    const added = reports.filter((report) => this.#trials.addReport(number, report));
    if (added.length > 0) this.#changes.ofTrial(number);
    return trial.verdict;
  }

  checkpoint(number: number, fence: Fence, step: number): Verdict | "stale" {
    const trial = this.#fenced(number, fence);
    if (trial === null) return "stale";
    this.#put(checkpointTrial(this.#trials.whole(trial), step));
    return trial.verdict;
  }

  judge(number: number, verdict: Verdict): void {
    const trial = this.#peek(number);
    if (trial.state === "running") this.#put(judgeTrial(trial, verdict));
    if (trial.state === "queued" && verdict === "cancel")
      this.#settle(trial, { outcome: { kind: "cancelled" }, log: "" });
  }

  commit(number: number, fence: Fence, result: AttemptResult): Committed {
    const trial = this.#fenced(number, fence);
    if (trial === null) return { kind: "ignored" };
    return { kind: "committed", trial: this.#settle(this.#trials.whole(trial), result) };
  }

  #settle(trial: PendingTrial, { outcome, log }: AttemptResult): Trial {
    const { maxLost, errorRetries } = this.#record.settings;
    const sequence = this.#changes.sequence + 1;
    const settled = settle(trial, frozenCopy(outcome), { sequence, nowMs: this.#now(), maxLost, errorRetries, log });
    this.#put(settled);
    return settled;
  }

  /** The running trial that `fence` speaks for, perhaps without its newest reports, or null where it is stale. */
  #fenced(number: number, { attempt, token, ifExpired = false }: Fence): RunningTrial | null {
    const trial = this.#peek(number);
    if (trial.state !== "running" || trial.attempt !== attempt) return null;
    if (ifExpired && trial.leaseUntilMs > this.#now()) return null;
    return token === undefined || token === this.#tokens.get(number) ? trial : null;
  }

  /** Takes the next state of a trial as one change; the same state is none. */
  #put(trial: Trial): void {
    if (!this.#trials.put(trial)) return;
    if (trial.state !== "running") this.#tokens.delete(trial.number);
    this.#changes.ofTrial(trial.number);
  }

  /** @returns what ends it */
  watch(changed: () => void): () => void {
    return this.#changes.watch(changed);
  }

  #changedTrials(since: number): readonly Trial[] {
    const numbers = this.#changes.trialsSince(since);
    // What changed before an imported study came here is known only for finished trials: the others count as changed.
    if (numbers === null) return this.trials.filter((trial) => isPending(trial) || trial.committedAt > since);
    return numbers.map((number) => this.find(number));
  }
}
