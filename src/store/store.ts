import type { Artifacts } from "../artifacts/artifacts.ts";
import type { Assignment } from "../space/assignment.ts";
import type { Json, JsonObject } from "../trial/json.ts";
import type { Observation } from "../trial/observation.ts";
import type { Outcome } from "../trial/outcome.ts";
import type { Report, Verdict } from "../trial/report.ts";
import type { Holder, Origin, RunningTrial, Trial, TrialPlan } from "../trial/trial.ts";
import type {
  Control,
  DriverLease,
  Snapshot,
  StudyArchive,
  StudyRecord,
  StudySettings,
  StudySpec,
  TestRecord,
} from "./study-record.ts";

/**
 * Where studies live. Every method is one atomic step, seen whole or not at all by other processes. When its promise
 * resolves, the end of the process, `kill -9` too, takes nothing back; a power cut or a crash of the system may take
 * the latest steps, but only whole ones and the last ones first, and leaves the store intact. What is returned is a copy.
 * Losses and reports are oriented: lower is better.
 *
 * Methods that name a study throw `STUDY_NOT_FOUND`; those that name a trial throw `TRIAL_NOT_FOUND`. A method that
 * throws has changed nothing. Two errors may pass, so that the same call is worth another try: `STORE_UNAVAILABLE`, of
 * a store that another process keeps busy or that cannot be reached now, and `STORE_FULL`. No other error is.
 */
export interface Store {
  /** For messages and commands; a password in it is masked. */
  readonly location: string;
  /** False where the store ends with its process, so that nothing can be resumed. */
  readonly isDurable: boolean;
  readonly artifacts: Artifacts;

  /** @throws STUDY_EXISTS */
  createStudy(spec: StudySpec, settings: StudySettings): Promise<StudyRecord>;
  findStudy(name: string): Promise<StudyRecord | null>;
  /** By time of creation. */
  listStudies(): Promise<readonly StudyRecord[]>;
  /** @throws STUDY_EXISTS */
  renameStudy(name: string, to: string): Promise<void>;
  /** With its trials, reports, logs and artifacts. */
  deleteStudy(name: string): Promise<void>;
  /**
   * Removes artifacts that belong to no trial of the study; see `Artifacts.collect`. For the study's driver, before it
   * claims its first trial.
   *
   * @returns how many things were removed
   */
  collectArtifacts(name: string): Promise<number>;
  configure(name: string, patch: Partial<StudySettings>): Promise<StudyRecord>;
  setControl(name: string, control: Control, reason: string | null): Promise<StudyRecord>;
  /** Merges into the notes. */
  note(name: string, notes: JsonObject): Promise<void>;
  recordTest(name: string, trial: number, metrics: TestRecord["metrics"]): Promise<TestRecord>;

  /**
   * Everything that changed after `since`; 0 for everything. Logs of its trials may be left empty: `findTrial` and
   * `exportStudy` have them.
   */
  snapshot(name: string, since: number): Promise<Snapshot>;
  /** One trial with its reports and log. */
  findTrial(name: string, number: number): Promise<Trial>;

  reserve(name: string, reservation: Reservation): Promise<Reserved>;
  /**
   * Several reservations as one step, in order, up to the first that is refused: what became of each, that one included.
   * A store without it is asked for one after the other.
   */
  reserveAll?(name: string, reservations: readonly Reservation[]): Promise<readonly Reserved[]>;
  /** Imports known results; they hold no number. */
  importObservations(name: string, observations: readonly Omit<Observation, "number">[]): Promise<void>;
  claim(name: string, number: number, claim: Claim): Promise<Claimed>;
  /** Prolongs the lease of a running trial. `stale`: the attempt is no longer the trial's. */
  renew(name: string, number: number, fence: Fence, leaseMs: number): Promise<Verdict | "stale">;
  /**
   * Stores reports, in their order and as one change; one whose step is already there, or came before it in the same
   * call, is ignored. Gives the newest verdict known.
   */
  report(name: string, number: number, fence: Fence, reports: readonly Report[]): Promise<Verdict | "stale">;
  /**
   * Notes that everything up to `step` is kept in the trial's files, so that the next attempt goes on from there: its
   * reports up to `step` stay, and a loss of this attempt no longer counts. An earlier step than the noted one is nothing,
   * unless it is the attempt's first: then the attempt began anew, it is noted, and reports after it go.
   */
  checkpoint(name: string, number: number, fence: Fence, step: number): Promise<Verdict | "stale">;
  /** Sets the verdict that the trial's next report or renewal brings back. A queued trial told `cancel` ends at once. */
  judge(name: string, number: number, verdict: Verdict): Promise<void>;
  /** Ends an attempt; see `settle` for what becomes of the trial. A late or repeated one is `ignored`. */
  commit(name: string, number: number, fence: Fence, result: AttemptResult): Promise<Committed>;

  /**
   * Makes `holder` the study's driver, or prolongs its lease.
   *
   * @param options.takeFrom a holder known to be dead, whose lease may be taken before it ends
   */
  lead(name: string, holder: Holder, options: LeadOptions): Promise<Led>;
  /** Gives the lease back; nothing where `holder` does not have it. */
  resign(name: string, holder: Holder): Promise<void>;

  /**
   * Calls back when another process may have changed the study. Only a hint: a change may go unnoticed, so who waits
   * looks from time to time as well. A store without it is only looked at.
   *
   * A claim may go without one, and a leader's reservation: nobody waits for it.
   *
   * @param changed is told `begun` where all that happened is that trials were reserved or claimed
   * @returns what ends it
   */
  watch?(name: string, changed: (hint: ChangeHint) => void): Promise<() => Promise<void>>;

  exportStudy(name: string): Promise<StudyArchive>;
  /** @throws STUDY_EXISTS */
  importStudy(archive: StudyArchive, name?: string): Promise<StudyRecord>;
  close(): Promise<void>;
}

/** What may have changed: whether a trial began, or anything. */
export type ChangeHint = "begun" | "any";

/** Where a store takes its time from. */
export interface StoreClock {
  /** Milliseconds since the epoch; leases and order follow it. Default `Date.now`. */
  readonly now?: () => number;
}

/** A proposal on its way to become a queued trial. */
export interface Reservation {
  /** Null takes the next number, whatever it is. */
  readonly expectedNumber: number | null;
  readonly basis: number;
  readonly assignment: Assignment;
  readonly fidelity?: number;
  readonly memo: Json;
  /** Of a sampler's proposal; nothing else has one. */
  readonly plan?: TrialPlan;
  readonly origin: Origin;
  /** Take the assignment although a sampler proposed it before: the sampler insists. Default false. */
  readonly mayRepeat?: boolean;
  /** Reserve only while this process holds the driver's seat, by the store's clock. */
  readonly leader?: Holder | undefined;
  /** Reserve only while fewer trials are queued or running. */
  readonly maxPending?: number | undefined;
}

/** What became of a reservation. */
export type Reserved =
  | { readonly kind: "reserved"; readonly trial: Trial }
  /** The number is taken, or, for a sampler's proposal, the assignment: read and propose again. */
  | { readonly kind: "conflict" }
  /** `maxTrials` numbers are given out. */
  | { readonly kind: "spent" }
  /** `leader` does not hold the driver's seat. */
  | { readonly kind: "deposed" }
  /** `maxPending` trials are pending. */
  | { readonly kind: "full" };

/** Who takes a queued trial, for how long without a sign of life. */
export interface Claim {
  readonly holder: Holder;
  readonly leaseMs: number;
  readonly version: string | null;
  /** Claim only while the study's control is "running"; refused with the state "queued" otherwise. Default false. */
  readonly whileRunning?: boolean;
  /** Id of the study that is meant; STUDY_NOT_FOUND where another one has its name by now. Default whichever has it. */
  readonly studyId?: string;
}

/** What became of a claim. The token is told to the claimant alone. */
export type Claimed =
  | {
      readonly kind: "claimed";
      readonly trial: RunningTrial;
      readonly token: string;
      /** The study's limit for this attempt, as it is set now; left out where an older version wrote the study. */
      readonly trialTimeoutMs?: number | null;
    }
  | { readonly kind: "refused"; readonly state: Trial["state"] };

/** The attempt that speaks; with its token where it has one. A wrong one of either is stale. */
export interface Fence {
  readonly attempt: number;
  readonly token?: string;
  /** Counts only where the attempt's lease has ended by the store's clock. Default false. */
  readonly ifExpired?: boolean;
}

/** How an attempt ended, oriented; with the last 64 kB of what it printed. */
export interface AttemptResult {
  readonly outcome: Outcome;
  readonly log: string;
}

/** Whether the result counted, and the trial as it is now. */
export type Committed = { readonly kind: "committed"; readonly trial: Trial } | { readonly kind: "ignored" };

/** For how long, and with how many slots, a process drives. */
export interface LeadOptions {
  readonly leaseMs: number;
  readonly slots: number;
  readonly takeFrom?: Holder;
}

/** Whether the process drives now, or who does. */
export type Led = { readonly kind: "leading" } | { readonly kind: "led"; readonly by: DriverLease };
