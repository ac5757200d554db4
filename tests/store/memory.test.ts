import { memoryStore } from "../../src/store/memory.ts";
import { describeStoreContract } from "../../src/testing/store/contract.ts";

describeStoreContract("memory", async (options) => memoryStore(options));
