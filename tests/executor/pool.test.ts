import { fileURLToPath } from "node:url";
import { processPool } from "../../src/executor/pool/pool.ts";
import { describeExecutorContract } from "../../src/testing/executor-contract.ts";

const file = fileURLToPath(new URL("../../dist/src/testing/executor-contract-sweep.js", import.meta.url));

describeExecutorContract("process pool", (options) => processPool({ source: { kind: "module", file }, ...options }));
