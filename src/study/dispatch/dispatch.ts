import type { Report } from "../../trial/report.ts";
import type { Trial } from "../../trial/trial.ts";
import type { ProposalTerms } from "../proposal/proposals.ts";
import type { EndReason } from "../view/stopping.ts";
import type { StudyView } from "../view/view.ts";
import type { DriverListener } from "./driver-listener.ts";

/** Where a driver's trials are evaluated: on slots of its own process, or by workers that share its store. */
export interface Dispatch {
  /** How many trials it can have at once; the sampler is told. */
  readonly places: number;
  /** What a reservation has to keep to, so that `places` is not exceeded. */
  readonly terms: ProposalTerms;
  /** How many more trials it takes now, or 1 where it wants to be asked for each. */
  readonly room: number;
  /** Whether the view misses an ending that this process knows of: nothing is decided on such a view. */
  readonly isAhead: boolean;

  /** How many trials have to end before a study that takes no more for that reason has ended; all of them for null. */
  pending(reason: EndReason | null): number;
  /** Takes the next queued trial. @returns false where there is none that has to be taken */
  startQueued(): boolean;
  /**
   * Takes trials that were reserved just now.
   *
   * @returns whether the view shows them; where not, it is brought up to date before more are proposed
   */
  start(trials: readonly Trial[]): boolean;
  /** Brings the view up to date by `refresh` and looks at what it shows. */
  look(refresh: () => Promise<unknown>): Promise<void>;
  /** A sign of life for what runs here; called more often than a lease ends. */
  renew(): Promise<void>;
  /** Asks every running trial to end as cancelled. */
  cancel(): Promise<void>;
  /** Asks what runs in this process to end, to be run elsewhere or later. */
  handBack(): void;
  /** Resolves when nothing runs in this process any more. */
  idle(): Promise<void>;
}

/** What a dispatch needs of its driver. */
export interface DispatchHost {
  readonly view: StudyView;
  readonly listener: DriverListener;
  /** Something happened that the driver should look at. */
  wake(): void;
  /** Whether nothing is to be started any more. */
  isEnding(): boolean;
  /** Whether nothing is to be waited for any more. */
  isOver(): boolean;
  /** Ends the run with an error. */
  fail(error: unknown): void;
  /** Whether trials may be pruned at all. */
  readonly judges: boolean;
  /** Of reports of a running trial that are not stored yet, those up to its pruning; see `untilPruned`. */
  untilPruned(number: number, reports: readonly Report[]): Promise<readonly Report[]>;
  /** Has the pruner judge a running trial; see `prune`. */
  prune(number: number, reports: readonly Report[]): Promise<Report | null>;
}
