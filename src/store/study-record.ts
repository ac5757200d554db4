import type { RootSpace } from "../space/node.ts";
import type { StoredWhere } from "../space/relation/where.ts";
import type { Fidelity } from "../trial/fidelity.ts";
import type { JsonObject } from "../trial/json.ts";
import type { Observation } from "../trial/observation.ts";
import type { Holder, Trial } from "../trial/trial.ts";

/** Which losses are better. */
export type Direction = (typeof DIRECTIONS)[number];

export const DIRECTIONS = ["minimize", "maximize"] as const;

/** What a study is from its beginning to its end. */
export interface StudySpec {
  /** Its identity in its store: 1 to 120 characters. */
  readonly name: string;
  readonly space: RootSpace;
  /** Canonical JSON of the space. */
  readonly fingerprint: string;
  /** What params must satisfy, beside being in the space. */
  readonly where: StoredWhere;
  readonly direction: Direction;
  /** Name of the loss among what the objective gives, for messages and commands. */
  readonly metric: string;
  readonly seed: number;
  readonly sampler: { readonly name: string; readonly version: number; readonly options: JsonObject };
  /** What a trial may be given less of; absent where nothing is named. */
  readonly fidelity?: Fidelity;
}

/** What may change from run to run. Durations in milliseconds; null is no limit. */
export interface StudySettings {
  /** Counts every trial that holds a number. */
  readonly maxTrials: number | null;
  readonly timeoutMs: number | null;
  readonly trialTimeoutMs: number | null;
  /** The study ends when a loss reaches it. In the study's direction as stored: lower is better. */
  readonly targetLoss: number | null;
  /** The study ends when so many trials in a row brought nothing better. */
  readonly patience: number | null;
  /** The study pauses when so many trials in a row failed, or its first 5. Default 20. */
  readonly maxFailures: number;
  /** How often a trial may be lost; the loss that reaches it fails the trial. Default 3. */
  readonly maxLost: number;
  /** How often a trial that threw is tried again. Default 0. */
  readonly errorRetries: number;
  readonly pruner: { readonly name: string; readonly options: JsonObject };
}

/** What somebody asked of the study's driver. `paused` and `stopped` propose nothing; `cancelled` ends running trials. */
export type Control = (typeof CONTROLS)[number];

export const CONTROLS = ["running", "paused", "stopped", "cancelled"] as const;

/** The process that proposes for a study. */
export interface DriverLease {
  readonly holder: Holder;
  readonly leaseUntilMs: number;
  readonly slots: number;
}

/** Figures on the sealed test split. */
export interface TestRecord {
  readonly trial: number;
  readonly metrics: { readonly [name: string]: number };
  /** How often the test split was evaluated for this trial. */
  readonly times: number;
  readonly takenAtMs: number;
}

/** A study as its store keeps it, without its trials. */
export interface StudyRecord extends StudySpec {
  /** Unique for ever, also after a rename: names the study's artifacts. */
  readonly id: string;
  readonly createdAtMs: number;
  readonly settings: StudySettings;
  readonly control: Control;
  /** Why, where a machine decided: "the first 5 trials failed". */
  readonly controlReason: string | null;
  /** The sequence at which `control` last became "running"; failures before it no longer count. */
  readonly resumedAt: number;
  /** Rises by one with every change of a trial or an import. */
  readonly sequence: number;
  /** The next trial's number: how many hold one. */
  readonly nextNumber: number;
  readonly driver: DriverLease | null;
  readonly tests: readonly TestRecord[];
  /** What the drivers noted: sweep file, backend chosen and refused, objective version, host. */
  readonly notes: JsonObject;
}

/** What changed after a sequence. */
export interface Snapshot {
  readonly study: StudyRecord;
  /** The store's clock, which leases are compared with. */
  readonly nowMs: number;
  /** Trials that changed, by number, as they are now. */
  readonly trials: readonly Trial[];
  /** Results that were imported, in order of import. `number` is null. */
  readonly imported: readonly ImportedObservation[];
  /**
   * Another one after every moment at which the store may have gone back to an earlier state, as a server does that lost
   * its latest writes: what was read before it no longer counts. A store that cannot leaves it out.
   */
  readonly epoch?: number;
}

/** A result that was known before; it holds no number. */
export interface ImportedObservation extends Observation {
  readonly number: null;
  /** The sequence after the import. */
  readonly importedAt: number;
}

/** A study outside any store: what `export --study` writes. */
export interface StudyArchive {
  readonly format: "parzen-study";
  readonly version: 1;
  readonly study: Omit<StudyRecord, "driver">;
  readonly trials: readonly Trial[];
  readonly imported: readonly ImportedObservation[];
  /** Files of the trials, base64, by `<trial>/<name>`. */
  readonly artifacts: { readonly [file: string]: string };
}
