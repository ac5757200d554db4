/** Contract suites, for testing implementations of parzen's ports. They need vitest. */
export type { Check } from "./check.ts";
export { type ContractSweep, contractSweep } from "./contract-sweep.ts";
export type { ContractExecutorOptions } from "./executor-check.ts";
export { describeExecutorContract, type MakeExecutor } from "./executor-contract.ts";
export {
  describePrunerContract,
  type MakePruner,
  PRUNER_CHECKS,
  type PrunerCheck,
  type PrunerContractOptions,
} from "./pruner-contract.ts";
export {
  describeSamplerContract,
  type MakeSampler,
  SAMPLER_CHECKS,
  type SamplerCheck,
  type SamplerContractOptions,
} from "./sampler-contract.ts";
export {
  checkStore,
  describeStoreContract,
  type ManualClock,
  type OpenStore,
  STORE_CHECKS,
  type StoreCheck,
} from "./store-contract.ts";
