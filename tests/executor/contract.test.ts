import { fileURLToPath } from "node:url";
import { inProcess } from "../../src/executor/in-process.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { describeExecutorContract } from "../../src/testing/executor-contract.ts";
import { contractObjective, contractSpace } from "../../src/testing/executor-contract-sweep.ts";

const space = compileSpace(contractSpace);
const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

describeExecutorContract("in process", (options) => inProcess({ objective: contractObjective, space, ...options }));

describeExecutorContract("process pool", (options) => {
  const file = fileOf("../../dist/src/testing/executor-contract-sweep.js");
  return processPool({ source: { kind: "module", file }, ...options });
});

describeExecutorContract("commands", (options) => {
  const argv = [process.execPath, fileOf("../fixtures/objectives/contract-command.mjs")];
  return processPool({ source: { kind: "command", argv, cwd: ".", metric: "loss", space }, ...options });
});
