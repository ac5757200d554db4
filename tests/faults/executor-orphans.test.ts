import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listProcesses } from "../../src/executor/process/process-table.ts";
import { fixture, PidFile, until } from "./executor-run.ts";

let pids: PidFile;
let parent: ChildProcess;

beforeEach(() => {
  pids = new PidFile();
});

afterEach(async () => {
  parent.kill("SIGKILL");
  await pids.remove();
});

/** A driver in a group of its own. */
function start(kind: string): ChildProcess {
  const args = [fixture("orphan-parent.mjs"), kind];
  const env = { ...process.env, FAULT_PIDS: pids.path, TMPDIR: pids.directory };
  parent = spawn(process.execPath, args, { env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  return parent;
}

/** A driver, once its trial runs as many processes as it will. */
async function driver(kind: string, processes: number): Promise<ChildProcess> {
  parent = start(kind);
  await once(parent.stdout!, "data");
  await pids.atLeast(processes);
  expect((await pids.living()).length).toBe(processes);
  return parent;
}

/** The processes that a driver started itself: its watcher and its trial. */
async function childrenOf(parentPid: number): Promise<readonly number[]> {
  return (await listProcesses()).flatMap((row) => (row.parent === parentPid ? [row.pid] : []));
}

describe("nothing outlives a driver that is killed by kill -9", () => {
  it("not a child that is busy, nor what it has scattered", async () => {
    const { pid } = await driver("module", 4);
    process.kill(pid!, "SIGKILL");
    await pids.allGone();
  });

  it("not a command that ignores SIGTERM and forks into sessions of their own", async () => {
    const { pid } = await driver("command", 3);
    process.kill(pid!, "SIGKILL");
    await pids.allGone();
  });

  it("not where its whole process group is killed", async () => {
    const { pid } = await driver("command", 3);
    process.kill(-pid!, "SIGKILL");
    await pids.allGone();
  });

  it("not where the watcher was killed before and had to be replaced", async () => {
    const { pid } = await driver("reaper killed", 4);
    process.kill(pid!, "SIGKILL");
    await pids.allGone();
  });

  it("not where it is killed while it replaces the watcher", async () => {
    await once(start("both killed"), "exit");
    expect(pids.pids().length).toBe(4);
    await pids.allGone();
  });

  it("nor the watcher itself, nor a temporary directory", async () => {
    const { pid } = await driver("command", 3);
    const started = await childrenOf(pid!);
    expect(started.length).toBe(2);
    expect(readdirSync(pids.directory).length).toBe(2);
    process.kill(pid!, "SIGKILL");
    await pids.allGone();
    await until(async () => (await listProcesses()).every((row) => !started.includes(row.pid)));
    expect(readdirSync(pids.directory)).toEqual(["pids"]);
  });
});

it("a driver's process group, which a terminal's Ctrl-C reaches, holds neither its trials nor its watcher", async () => {
  const { pid } = await driver("command", 3);
  const group = (await listProcesses()).filter((row) => row.group === pid || row.session === pid);
  expect(group.map((row) => row.pid)).toEqual([pid]);
});
