import type { LostOutcome } from "../../trial/outcome.ts";
import type { TrialTask } from "../../trial/task.ts";
import { CommandSlot } from "../command/command-slot.ts";
import { endedBy, GRACE_MS, type Limits, stopReasonOf } from "../ending.ts";
import type { Evaluation, Executor, Watch } from "../executor.ts";
import { JointSignals } from "../joint-signals.ts";
import { isMachineFault, isSystemError, machineFault } from "../machine-fault.ts";
import { ModuleSlot } from "../module/module-slot.ts";
import { Places } from "../places.ts";
import { checkEntries } from "../process/entry.ts";
import { Reaper } from "../process/reaper.ts";
import type { Slot, SlotSupport } from "../slot/slot.ts";
import { Staging } from "../slot/staging.ts";
import { slotEnvironment } from "./environment.ts";
import { plainSlots, type SlotEnvironment } from "./gpu.ts";
import { checkPool } from "./pool-check.ts";
import type { ProcessPoolOptions } from "./pool-options.ts";

const READY_WITHIN_MS = 60_000;

/**
 * Evaluates trials in child processes, one for each slot, which are started with the slot's first trial. Whatever
 * happens to a child costs its own trial only, and nothing that it started outlives it or this process.
 *
 * @throws ParzenError with code OPTION_INVALID; DEPENDENCY_MISSING where a bundler made one file of this package
 */
export function processPool(options: ProcessPoolOptions): Executor {
  checkPool(options);
  checkEntries();
  return new ProcessPool(options);
}

class ProcessPool implements Executor {
  readonly slots: number;
  readonly #version: string | null;
  readonly #limits: Limits;
  readonly #reaper = new Reaper();
  readonly #staging = new Staging(this.#reaper);
  readonly #slots: readonly Slot[];
  readonly #places: Places;
  readonly #running = new Set<Promise<Evaluation>>();
  readonly #signals = new JointSignals();

  constructor(options: ProcessPoolOptions) {
    const { slots = 1, trialTimeoutMs = null, graceMs = GRACE_MS } = options;
    const environments = typeof slots === "number" ? plainSlots(slots) : slots;
    this.#version = options.source.version ?? null;
    this.slots = environments.length;
    this.#limits = { trialTimeoutMs, graceMs };
    const support = { reaper: this.#reaper, staging: this.#staging };
    this.#slots = environments.map((environment) => slotOf(options, { environment, limits: this.#limits }, support));
    this.#places = new Places(this.slots);
  }

  async evaluate(task: TrialTask, watch: Watch): Promise<Evaluation> {
    if (this.#version !== null && task.version !== null && task.version !== this.#version) {
      return { outcome: changed(task.version, this.#version), log: "" };
    }
    return this.#signals.during(watch.signal, (signal) => this.#evaluateUntil(signal, task, watch));
  }

  async #evaluateUntil(signal: AbortSignal, task: TrialTask, watch: Watch): Promise<Evaluation> {
    const place = signal.aborted ? null : (this.#places.take(watch.slot) ?? (await this.#places.wait(signal)));
    if (place === null) return { outcome: endedBy(stopReasonOf(signal), 0, this.#limits), log: "" };
    try {
      return await this.#evaluateAt(place, task, { watch, signal });
    } finally {
      this.#places.give(place);
    }
  }

  async close(): Promise<void> {
    this.#signals.abort("hand-back");
    await Promise.all(this.#slots.map((slot) => slot.close()));
    await Promise.allSettled(this.#running);
    await Promise.all(this.#slots.map((slot) => slot.close()));
    await this.#staging.close();
    await this.#reaper.close();
  }

  async #evaluateAt(
    place: number,
    task: TrialTask,
    { watch, signal }: { readonly watch: Watch; readonly signal: AbortSignal },
  ): Promise<Evaluation> {
    const slot = this.#slots[place];
    if (slot === undefined) throw new RangeError(`the pool has no slot ${place}`);
    const thrown = new Set<unknown>();
    const running = slot.evaluate(task, { ...within(watch, thrown), signal });
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      // A folder that cannot be made, a full disk: the trial did not come to run, or its files could not be kept.
      if (thrown.has(error) || !(isSystemError(error) || isMachineFault(error))) throw error;
      return { outcome: machineFault(error.message), log: "" };
    } finally {
      this.#running.delete(running);
    }
  }
}

function changed(meant: string, here: string): LostOutcome {
  return machineFault(`the objective changed: the task means version ${meant}, this executor runs ${here}`);
}

/**
 * A copy whose signal can be another, and which keeps the methods of what it copies.
 *
 * @param thrown gets what the caller threw: it says nothing about this machine
 */
function within(watch: Watch, thrown: Set<unknown>): Omit<Watch, "signal"> {
  const note = (error: unknown): never => {
    thrown.add(error);
    throw error;
  };
  return {
    trialTimeoutMs: watch.trialTimeoutMs,
    files: watch.files,
    report: (reports) => watch.report(reports).catch(note),
    checkpoint: (step) => watch.checkpoint(step).catch(note),
    print: (text) => watch.print(text),
  };
}

interface SlotPlan {
  readonly environment: SlotEnvironment;
  readonly limits: Limits;
}

function slotOf(options: ProcessPoolOptions, { environment, limits }: SlotPlan, support: SlotSupport): Slot {
  const { source, recycleAfter = null, memoryLimitMb = null, heapLimitMb = null } = options;
  const env = slotEnvironment(options.env ?? process.env, environment);
  if (source.kind === "command") return new CommandSlot({ ...source, env, limits }, support);
  const readyWithinMs = options.readyWithinMs ?? READY_WITHIN_MS;
  const { file } = source;
  return new ModuleSlot({ file, env, limits, recycleAfter, memoryLimitMb, heapLimitMb, readyWithinMs }, support);
}
