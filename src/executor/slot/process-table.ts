import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** One living process, as the system tells. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not tell. */
  readonly session: number;
  /** When it started, in the system's own unit; empty where it does not tell. With the pid it is unique. */
  readonly started: string;
}

/** Every living process; zombies are dead. */
export function listProcesses(): readonly ProcessRow[] {
  return process.platform === "linux" ? listFromProc() : listFromPs();
}

/** When a process started, to tell it from a later one with its pid; empty where it is gone or the system is silent. */
export function startOf(pid: number): string {
  return process.platform === "linux" ? (readRow(String(pid))?.started ?? "") : "";
}

/** Pids of the processes whose environment, as it was when they began, holds one of the texts. */
export function findByEnvironment(texts: readonly string[], rows: readonly ProcessRow[]): readonly number[] {
  if (process.platform !== "linux") return parseEnvironments(ps(["-A", "-E", "-ww", "-o", "pid=,command="]), texts);
  return rows.flatMap(({ pid }) => {
    const environment = readProc(`${pid}/environ`);
    return texts.some((text) => environment.includes(text)) ? [pid] : [];
  });
}

/** Lines of `ps -o pid=,ppid=,pgid=,state=`. */
export function parsePs(text: string): readonly ProcessRow[] {
  return text.split("\n").flatMap((line) => {
    const [pid, parent, group, state] = line.trim().split(/\s+/);
    if (pid === undefined || state === undefined || state.startsWith("Z")) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), session: 0, started: "" }];
  });
}

/** Lines of `ps -E -o pid=,command=`, where the environment follows the command. */
export function parseEnvironments(text: string, texts: readonly string[]): readonly number[] {
  return text
    .split("\n")
    .filter((line) => texts.some((wanted) => line.includes(wanted)))
    .map((line) => Number.parseInt(line, 10));
}

function listFromProc(): readonly ProcessRow[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const row = readRow(name);
    return row === null ? [] : [row];
  });
}

/** @source proc(5), /proc/pid/stat: the fields after the parenthesised name, which may itself hold parentheses */
function readRow(pid: string): ProcessRow | null {
  const stat = readProc(`${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group, session] = fields;
  if (stat === "" || state === "Z" || state === "X") return null;
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    started: fields[19] ?? "",
  };
}

/** A file of /proc; empty where the process is gone or is somebody else's. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "latin1");
  } catch {
    return "";
  }
}

function listFromPs(): readonly ProcessRow[] {
  return parsePs(ps(["-A", "-o", "pid=,ppid=,pgid=,state="]));
}

function ps(args: readonly string[]): string {
  try {
    return execFileSync("ps", args, {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}
