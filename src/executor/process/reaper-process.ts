/**
 * The watcher that outlives its parent. It is told on its standard input which process trees there are; when that input
 * ends, which happens however the parent dies, it kills them all and then removes the parent's temporary directories.
 * It is started in a session of its own, so that neither Ctrl-C nor a signal to the parent's group reaches it.
 */
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { listProcesses } from "./process-table.ts";
import { findTree, type ProcessTree, signalProcess } from "./process-tree.ts";
import { parseOrder } from "./reaper-order.ts";

const PAUSE_MS = 50;
/** A process that was being started when the parent died shows up a little later. */
const QUIET_PASSES = 10;
const MAX_PASSES = 200;

async function reap(trees: readonly ProcessTree[]): Promise<void> {
  let quiet = 0;
  for (let pass = 0; pass < MAX_PASSES && quiet < QUIET_PASSES; pass++) {
    const rows = await listProcesses(trees.map(({ id }) => id)).catch(() => null); // it may open no more files just now
    const pids = rows && trees.flatMap((tree) => findTree(tree, rows));
    for (const pid of pids ?? []) signalProcess(pid, "SIGKILL");
    quiet = pids?.length === 0 ? quiet + 1 : 0;
    await sleep(PAUSE_MS);
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

const trees = new Map<string, ProcessTree>();
const directories = new Set<string>();
const orders = createInterface({ input: process.stdin });
orders.on("line", (line) => {
  const order = parseOrder(line);
  if (order === null) return;
  if ("watch" in order) trees.set(order.watch.id, order.watch);
  else if ("forget" in order) trees.delete(order.forget);
  else directories.add(order.clear);
});
orders.on("close", async () => {
  if (trees.size > 0) await reap([...trees.values()]);
  for (const directory of directories) await rm(directory, { recursive: true, force: true }).catch(() => undefined);
});
process.stdout.on("error", () => undefined); // a parent that is killed by now still left its orders
process.stdout.write("ready\n");
