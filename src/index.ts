export type { Artifacts, TrialFiles } from "./artifacts/artifacts.ts";
export { type ErrorCode, ParamsError, ParzenError, SpaceError } from "./errors.ts";
export type { Evaluation, Executor, StopReason, Watch } from "./executor/executor.ts";
export { type InProcessOptions, inProcess } from "./executor/in-process.ts";
export type { SlotEnvironment } from "./executor/pool/gpu.ts";
export { processPool } from "./executor/pool/pool.ts";
export type { ProcessPoolOptions, TrialSource } from "./executor/pool/pool-options.ts";
export type { Dependence } from "./importance/dependence.ts";
export type { Importance, ParamImportance } from "./importance/importance.ts";
export type { LadderOptions } from "./pruners/halving.ts";
export { type HyperbandOptions, hyperband } from "./pruners/hyperband.ts";
export { none } from "./pruners/none.ts";
export { type PatientOptions, patient } from "./pruners/patient.ts";
export { type MedianOptions, median, type PercentileOptions, percentile } from "./pruners/percentile.ts";
export type { Pruner, PruningPlan, ReportedTrial } from "./pruners/pruner.ts";
export { type SuccessiveHalvingOptions, successiveHalving } from "./pruners/successive-halving.ts";
export { type ThresholdOptions, threshold } from "./pruners/threshold.ts";
export type { Rng } from "./random/stream.ts";
export { auto } from "./samplers/auto/auto.ts";
export { gp } from "./samplers/gp/gp.ts";
export type { GpOptions } from "./samplers/gp/options.ts";
export { grid } from "./samplers/grid/grid.ts";
export type { GridOptions, GridSteps } from "./samplers/grid/options.ts";
export type { FixedValues } from "./samplers/partial/fixed-values.ts";
export { partial } from "./samplers/partial/partial.ts";
export { qmc } from "./samplers/qmc.ts";
export { random } from "./samplers/random.ts";
export type { PendingProposal, Plan, Proposal, ProposalRequest, Sampler, Situation } from "./samplers/sampler.ts";
export type { TpeOptions } from "./samplers/tpe/options.ts";
export { tpe } from "./samplers/tpe/tpe.ts";
export type { Assignment } from "./space/assignment.ts";
export { type CompiledSpace, compileSpace, type Dimension } from "./space/compile.ts";
export { decode } from "./space/decode.ts";
export type { Distribution } from "./space/distribution.ts";
export { encode } from "./space/encode.ts";
export { hp } from "./space/hp.ts";
export type { Given, ParamsOf } from "./space/infer.ts";
export type {
  ChoiceNode,
  Literal,
  LognormalNode,
  LoguniformNode,
  NormalNode,
  PchoiceNode,
  QlognormalNode,
  QloguniformNode,
  QnormalNode,
  QuniformNode,
  RandintNode,
  RootSpace,
  Space,
  SpaceNode,
  UniformintNode,
  UniformNode,
} from "./space/node.ts";
export type { Where } from "./space/relation/where.ts";
export { openStore } from "./store/open.ts";
export type {
  AttemptResult,
  ChangeHint,
  Claim,
  Claimed,
  Committed,
  Fence,
  LeadOptions,
  Led,
  Reservation,
  Reserved,
  Store,
} from "./store/store.ts";
export type {
  Control,
  Direction,
  DriverLease,
  Snapshot,
  StudyArchive,
  StudyRecord,
  StudySettings,
  StudySpec,
  TestRecord,
} from "./store/study-record.ts";
export type { Asked, AskOptions } from "./study/ask-tell.ts";
export type { DriveOptions, OptimizeOptions } from "./study/driver/drive-options.ts";
export type { StudyEvents, StudyListeners } from "./study/events.ts";
export type { LeftOut } from "./study/fitting-results.ts";
export { type FminOptions, type FminResult, fmin } from "./study/fmin.ts";
export { createStudy, type OpenOptions, openOrCreateStudy, openStudy } from "./study/open.ts";
export type { StudyOptions } from "./study/options.ts";
export type { SamplerChange } from "./study/proposal/sampler-version.ts";
export type { RunOptions } from "./study/settings.ts";
export type { Study } from "./study/study.ts";
export type {
  CancelledStudyTrial,
  CompleteStudyTrial,
  FailedStudyTrial,
  PrunedStudyTrial,
  QueuedStudyTrial,
  RunningStudyTrial,
  StudyTrial,
} from "./study/study-trial.ts";
export type { TakenOver, TakeOptions } from "./study/take-over.ts";
export type { Told } from "./study/told.ts";
export type { EndReason } from "./study/view/stopping.ts";
export { defineSweep } from "./sweep/define.ts";
export type { Sweep } from "./sweep/sweep.ts";
export type {
  CheckContext,
  Checkpoint,
  Objective,
  ObjectiveFunction,
  ObjectiveResult,
  TestableObjective,
  TestResult,
  TrialArtifacts,
  TrialCheckpoint,
  TrialContext,
  TrialSignal,
} from "./trial/context.ts";
export type { Fidelity, FidelityOptions } from "./trial/fidelity.ts";
export type { Json, JsonObject } from "./trial/json.ts";
export type { Observation } from "./trial/observation.ts";
export type { FailureReason, Outcome } from "./trial/outcome.ts";
export type { Report, Verdict } from "./trial/report.ts";
export type { TrialTask } from "./trial/task.ts";
export type { Holder, Origin, Trial as StoredTrial, TrialState } from "./trial/trial.ts";
