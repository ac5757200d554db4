import type { Register } from "./register.ts";

const control: Load = async () => (await import("./control.ts")).registerControl;

/** Every command by its name, in the order in which `parzen --help` lists them. */
const COMMANDS: { readonly [name: string]: Load } = {
  init: async () => (await import("./init.ts")).registerInit,
  validate: async () => (await import("./validate.ts")).registerValidate,
  run: async () => (await import("./run.ts")).registerRun,
  worker: async () => (await import("./worker.ts")).registerWorker,
  workers: async () => (await import("./workers.ts")).registerWorkers,
  accept: async () => (await import("./accept.ts")).registerAccept,
  status: async () => (await import("./status.ts")).registerStatus,
  list: async () => (await import("./list.ts")).registerList,
  best: async () => (await import("./best.ts")).registerBest,
  importance: async () => (await import("./importance.ts")).registerImportance,
  plot: async () => (await import("./plot.ts")).registerPlot,
  report: async () => (await import("./report.ts")).registerReport,
  trials: async () => (await import("./trials.ts")).registerTrials,
  rerun: async () => (await import("./rerun.ts")).registerRerun,
  test: async () => (await import("./test.ts")).registerTest,
  set: async () => (await import("./set.ts")).registerSet,
  enqueue: async () => (await import("./enqueue.ts")).registerEnqueue,
  pause: control,
  resume: control,
  stop: control,
  cancel: control,
  delete: async () => (await import("./delete.ts")).registerDelete,
  export: async () => (await import("./export.ts")).registerExport,
  import: async () => (await import("./import.ts")).registerImport,
  doctor: async () => (await import("./doctor.ts")).registerDoctor,
};

/** A command's module, which loads what no other command needs. */
type Load = () => Promise<Register>;

/** What the program answers itself. */
const OWN = ["--version", "-V"];

/**
 * What registers the command that a command line begins with, if it needs one. Where it begins with none of them, all
 * are: for the help, and for the name that was meant.
 */
export async function registersFor([name = ""]: readonly string[]): Promise<ReadonlySet<Register>> {
  if (OWN.includes(name)) return new Set();
  const named = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const loads = named === undefined ? Object.values(COMMANDS) : [named];
  return new Set(await Promise.all(loads.map((load) => load())));
}
