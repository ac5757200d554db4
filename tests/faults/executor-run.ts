import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { memoryArtifacts } from "../../src/artifacts/memory.ts";
import type { Evaluation, Executor, Watch } from "../../src/executor/executor.ts";
import { listProcesses } from "../../src/executor/process/process-table.ts";
import type { TrialTask } from "../../src/trial/task.ts";
import { FAULTS } from "../fixtures/objectives/faults.mjs";

export type Fault = (typeof FAULTS)[number];

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/objectives/${name}`, import.meta.url));
}

export function taskOf(assignment: TrialTask["assignment"], task: Partial<TrialTask> = {}): TrialTask {
  const numbers = { trial: 0, attempt: 1, seed: 1, studySeed: 0 };
  return {
    v: 1,
    study: "s",
    token: "t",
    objective: "o",
    version: null,
    fidelity: null,
    purpose: "search",
    resumedFrom: null,
    assignment,
    ...numbers,
    ...task,
  };
}

export function evaluate(executor: Executor, task: TrialTask, watch: Partial<Watch> = {}): Promise<Evaluation> {
  return executor.evaluate(task, {
    signal: new AbortController().signal,
    files: memoryArtifacts().of("study", 0, 1),
    report: async () => "continue",
    checkpoint: async () => "continue",
    print: () => undefined,
    ...watch,
  });
}

export function suffer(executor: Executor, fault: Fault, watch: Partial<Watch> = {}): Promise<Evaluation> {
  return evaluate(executor, taskOf({ fault: FAULTS.indexOf(fault) }), watch);
}

/** A file to which processes write their pids, and what became of them. */
export class PidFile {
  readonly directory: string = mkdtempSync(join(tmpdir(), "parzen-test-"));
  readonly path: string = join(this.directory, "pids");

  pids(): readonly number[] {
    try {
      return readFileSync(this.path, "utf8").trim().split("\n").map(Number);
    } catch {
      return [];
    }
  }

  /** Waits until so many processes have told their pids. */
  async atLeast(count: number): Promise<readonly number[]> {
    await until(() => this.pids().length >= count);
    return this.pids();
  }

  /** Waits until none of them lives. */
  async allGone(): Promise<void> {
    await until(async () => (await this.living()).length === 0);
  }

  async living(): Promise<readonly number[]> {
    const told = new Set(this.pids());
    return (await listProcesses()).flatMap(({ pid }) => (told.has(pid) ? [pid] : []));
  }

  async remove(): Promise<void> {
    for (const pid of await this.living()) process.kill(pid, "SIGKILL");
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Waits for a condition; a test that waits in vain fails by its time limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
