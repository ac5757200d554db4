import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { show } from "../../errors.ts";
import { isObject } from "../../space/object.ts";
import { listProcesses, type ProcessRow } from "./process-table.ts";

/** The variable that marks every process of a slot, however far it has strayed from its parent. */
export const MARKER = "PARZEN_SLOT";

/** How a tree of processes is found again. */
export interface ProcessTree {
  /** Random; in the environment of all its processes, see `markerValue`. */
  readonly id: string;
  /** Its root, which leads its own session and group; null before it started. */
  readonly pid: number | null;
  /** When the root started; empty where the system does not tell. */
  readonly started: string;
}

const PAUSE_MS = 20;

export function newTreeId(): string {
  return randomBytes(12).toString("hex");
}

/** Whether it is a tree as `newTreeId` and a start make it: a shorter id is in the environment of many a process. */
export function isTree(value: unknown): value is ProcessTree {
  if (!isObject(value) || !/^[0-9a-f]{24}$/.test(String(value["id"])) || typeof value["started"] !== "string")
    return false;
  return value["pid"] === null || (Number.isInteger(value["pid"]) && Number(value["pid"]) > 1);
}

/** The marker of a new tree. A tree inside a tree carries both marks, so that who ends the outer one ends both. */
export function markerValue(id: string, outer: string | undefined): string {
  return outer === undefined ? id : `${outer}.${id}`;
}

/**
 * The living processes of a tree: its root's session and group, all descendants, and whatever carries its mark, such as
 * a daemon that forked twice and took a session of its own. Never the process that asks.
 *
 * @param rows `listProcesses` of its id
 * @throws Error for what is no tree, since what is found gets killed
 */
export function findTree(tree: ProcessTree, rows: readonly ProcessRow[]): readonly number[] {
  if (!isTree(tree)) throw new Error(`expected a tree of processes, received ${show(tree)}`);
  const found = new Set(rows.filter(({ marks }) => marks.includes(tree.id)).map(({ pid }) => pid));
  const root = tree.pid;
  if (root !== null && !isReused(tree, rows)) {
    for (const row of rows) if (row.pid === root || row.group === root || row.session === root) found.add(row.pid);
  }
  addDescendants(found, rows);
  found.delete(process.pid);
  return [...found];
}

/**
 * Kills a tree, again and again until nothing of it is left: a process may fork between being seen and being killed.
 *
 * @returns whether it is gone; false after `withinMs`, e.g. for a process in an uninterruptible wait, or while this
 * process may open no more files, which it must to see others
 */
export async function killTree(tree: ProcessTree, withinMs = 5000): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const rows = await listProcesses([tree.id]).catch(() => null);
    const pids = rows && findTree(tree, rows);
    if (pids?.length === 0) return true;
    for (const pid of pids ?? []) signalProcess(pid, "SIGKILL");
    if (performance.now() > deadline) return false;
    await sleep(PAUSE_MS);
  }
}

/** Sends a signal to a process or, with a negative pid, to a group; one that is gone already is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone, or never ours to signal: there is nothing left to do for it
  }
}

/** Whether another process has the pid of a root that is long gone. */
function isReused({ pid, started }: ProcessTree, rows: readonly ProcessRow[]): boolean {
  const now = rows.find((row) => row.pid === pid);
  return now !== undefined && started !== "" && now.started !== "" && now.started !== started;
}

function addDescendants(found: Set<number>, rows: readonly ProcessRow[]): void {
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { pid, parent } of rows) if (found.has(parent)) found.add(pid);
  }
}
