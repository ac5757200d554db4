import { registerAccept } from "./accept.ts";
import { registerBest } from "./best.ts";
import { registerControl } from "./control.ts";
import { registerDelete } from "./delete.ts";
import { registerDoctor } from "./doctor.ts";
import { registerEnqueue } from "./enqueue.ts";
import { registerExport } from "./export.ts";
import { registerImport } from "./import.ts";
import { registerInit } from "./init.ts";
import { registerList } from "./list.ts";
import type { Register } from "./register.ts";
import { registerRerun } from "./rerun.ts";
import { registerRun } from "./run.ts";
import { registerSet } from "./set.ts";
import { registerStatus } from "./status.ts";
import { registerTest } from "./test.ts";
import { registerTrials } from "./trials.ts";
import { registerValidate } from "./validate.ts";
import { registerWorker } from "./worker.ts";
import { registerWorkers } from "./workers.ts";

/** Every command, in the order in which `parzen --help` lists them. */
export const COMMANDS: readonly Register[] = [
  registerInit,
  registerValidate,
  registerRun,
  registerWorker,
  registerWorkers,
  registerAccept,
  registerStatus,
  registerList,
  registerBest,
  registerTrials,
  registerRerun,
  registerTest,
  registerSet,
  registerEnqueue,
  registerControl,
  registerDelete,
  registerExport,
  registerImport,
  registerDoctor,
];
