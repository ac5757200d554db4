import { fileURLToPath } from "node:url";
import { processPool } from "../../src/executor/pool/pool.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { describeExecutorContract } from "../../src/testing/executor/contract.ts";
import { contractSpace } from "../../src/testing/executor/sweep.ts";
import { reusing } from "./reused.ts";

const program = fileURLToPath(new URL("../fixtures/objectives/contract-command.mjs", import.meta.url));
const space = compileSpace(contractSpace);
const source = { kind: "command", argv: [process.execPath, program], cwd: ".", metric: "loss", space } as const;

describeExecutorContract(
  "commands",
  reusing((options) => processPool({ source, ...options })),
);
