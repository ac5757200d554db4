import type { Executor } from "../../executor/executor.ts";
import { type Fleet, isFleet } from "../../executor/fleet.ts";
import type { Pruner } from "../../pruners/pruner.ts";
import type { Store } from "../../store/store.ts";
import type { Holder } from "../../trial/trial.ts";
import type { Dispatch, DispatchHost } from "../dispatch/dispatch.ts";
import type { DriverListener } from "../dispatch/driver-listener.ts";
import { FleetDispatch } from "../dispatch/fleet-dispatch.ts";
import { LocalDispatch } from "../dispatch/local-dispatch.ts";
import type { ProposalSource } from "../proposal/proposals.ts";
import type { StudyView } from "../view/view.ts";

/** What a driver works with. */
export interface DriverOptions {
  readonly store: Store;
  readonly view: StudyView;
  /** What evaluates trials: slots of this process, or workers elsewhere. */
  readonly evaluator: Executor | Fleet;
  /** At most so many trials queued or running; null is no bound beside the slots. Fleets only. */
  readonly parallelism: number | null;
  /** How long this driver and its trials count as alive without a sign of life. */
  readonly leaseMs: number;
  readonly proposals: ProposalSource;
  readonly pruner: Pruner;
  readonly objective: string;
  readonly version: string | null;
  /** Propose although another driver leads. */
  readonly join: boolean;
  /** Aborted: propose nothing more, let running trials end. */
  readonly drain?: AbortSignal;
  /** Aborted: hand running trials back at once. */
  readonly halt?: AbortSignal;
  readonly listener: DriverListener;
  /** Removes what is not needed, once it is known that the study may be driven: its store may be full. */
  readonly makeRoom: () => Promise<void>;
}

/** Whether trials run where this process does not see them. */
export function usesFleet({ evaluator }: DriverOptions): boolean {
  return isFleet(evaluator);
}

/** What has the trials of a driver evaluated. */
export function dispatchOf(options: DriverOptions, holder: Holder, host: DispatchHost): Dispatch {
  const { store, evaluator, objective, version, leaseMs, parallelism } = options;
  if (isFleet(evaluator)) return new FleetDispatch({ store, fleet: evaluator, parallelism }, host);
  return new LocalDispatch({ store, executor: evaluator, objective, version, holder, leaseMs }, host);
}
