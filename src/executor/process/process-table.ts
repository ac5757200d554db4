import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { PS_ENVIRONMENT, parseStat } from "./process-start.ts";

/** One living process, as the system tells. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not tell. */
  readonly session: number;
  /** See `startOf`; empty where the system does not tell. */
  readonly started: string;
  /** Which of the texts that were asked for its environment, as it was when it began, holds. */
  readonly marks: readonly string[];
}

/** How many files are read at once: enough to keep the disk threads busy, and few open files. */
const AT_ONCE = 16;

/** How often processes that began meanwhile are looked for. */
const MAX_PASSES = 8;

/**
 * Every living process; zombies are dead. The event loop goes on meanwhile.
 *
 * @param texts looked for in the environment of each; none, and no environment is read
 * @throws the system's error where this process may open no more files, or start no more processes
 */
export function listProcesses(texts: readonly string[] = []): Promise<readonly ProcessRow[]> {
  return process.platform === "linux" ? listFromProc(texts) : listFromPs(texts);
}

/** Lines of `ps -o pid=,ppid=,pgid=,state=,lstart=`. */
export function parsePs(text: string): readonly ProcessRow[] {
  return text.split("\n").flatMap((line) => {
    const [pid, parent, group, state, ...started] = line.trim().split(/\s+/);
    if (pid === undefined || state === undefined || state.startsWith("Z")) return [];
    const numbers = { pid: Number(pid), parent: Number(parent), group: Number(group), session: 0 };
    return [{ ...numbers, started: started.join(" "), marks: [] }];
  });
}

/** Lines of `ps -E -o pid=,command=`, where the environment follows the command: the pids of those that hold a text. */
export function parseEnvironments(text: string, wanted: string): ReadonlySet<number> {
  const lines = text.split("\n").filter((line) => line.includes(wanted));
  return new Set(lines.map((line) => Number.parseInt(line, 10)));
}

/** A process may start another and end before its own turn to be read, so those that began meanwhile are read as well. */
async function listFromProc(texts: readonly string[]): Promise<readonly ProcessRow[]> {
  const rows: ProcessRow[] = [];
  const seen = new Set<string>();
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const names = await readdir("/proc");
    const fresh = names.filter((name) => /^\d+$/.test(name) && !seen.has(name));
    if (fresh.length === 0) break;
    for (const name of fresh) seen.add(name);
    rows.push(...(await readRows(fresh, texts)));
  }
  return rows;
}

async function readRows(pids: readonly string[], texts: readonly string[]): Promise<readonly ProcessRow[]> {
  const rows: ProcessRow[] = [];
  const left = pids.values();
  const read = async (): Promise<void> => {
    for (const pid of left) {
      const row = await readRow(pid, texts);
      if (row !== null) rows.push(row);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, read));
  return rows;
}

async function readRow(pid: string, texts: readonly string[]): Promise<ProcessRow | null> {
  const [stat, environment] = await Promise.all([
    readProc(`${pid}/stat`),
    texts.length === 0 ? "" : readProc(`${pid}/environ`),
  ]);
  const parsed = parseStat(stat);
  return parsed && { pid: Number(pid), ...parsed, marks: texts.filter((text) => environment.includes(text)) };
}

/** A file of /proc; empty where the process is gone or is somebody else's. */
async function readProc(path: string): Promise<string> {
  try {
    return await readFile(`/proc/${path}`, "latin1");
  } catch (error) {
    return emptyUnlessSpent(error);
  }
}

async function listFromPs(texts: readonly string[]): Promise<readonly ProcessRow[]> {
  const rows = parsePs(await ps(["-A", "-o", "pid=,ppid=,pgid=,state=,lstart="]));
  if (texts.length === 0) return rows;
  const environments = await ps(["-A", "-E", "-ww", "-o", "pid=,command="]);
  const holders = texts.map((text) => ({ text, pids: parseEnvironments(environments, text) }));
  return rows.map((row) => ({
    ...row,
    marks: holders.filter(({ pids }) => pids.has(row.pid)).map(({ text }) => text),
  }));
}

async function ps(args: readonly string[]): Promise<string> {
  try {
    const env = { ...process.env, ...PS_ENVIRONMENT };
    return (await promisify(execFile)("ps", args, { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    return emptyUnlessSpent(error);
  }
}

/** What the system says where a limit of this process or of the whole machine is reached: nothing about others. */
const SPENT = ["EMFILE", "ENFILE", "ENOMEM", "EAGAIN"];

function emptyUnlessSpent(error: unknown): "" {
  const { code = "" } = error as NodeJS.ErrnoException; // of node:fs or node:child_process
  if (SPENT.includes(code)) throw error;
  return "";
}
