/** Contract suites, for testing implementations of parzen's ports. They need vitest. */
export type { Check } from "./check.ts";
export type { ContractExecutorOptions } from "./executor/check.ts";
export { describeExecutorContract, type MakeExecutor } from "./executor/contract.ts";
export { type ContractSweep, contractSweep } from "./executor/contract-sweep.ts";
export {
  describePrunerContract,
  type MakePruner,
  PRUNER_CHECKS,
  type PrunerCheck,
  type PrunerContractOptions,
} from "./pruners/contract.ts";
export {
  describeSamplerContract,
  type MakeSampler,
  SAMPLER_CHECKS,
  type SamplerCheck,
  type SamplerContractOptions,
} from "./samplers/contract.ts";
export {
  checkStore,
  describeStoreContract,
  type ManualClock,
  type OpenStore,
  STORE_CHECKS,
  type StoreCheck,
} from "./store/contract.ts";
