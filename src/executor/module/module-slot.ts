import type { Outcome } from "../../trial/outcome.ts";
import type { TrialTask } from "../../trial/task.ts";
import { endedBy, type Limits, stopReasonOf } from "../ending.ts";
import type { Evaluation, Watch } from "../executor.ts";
import { Output } from "../output.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Slot, SlotSupport } from "../slot/slot.ts";
import type { Lent } from "../slot/staged-files.ts";
import type { Staging } from "../slot/staging.ts";
import { Supervision } from "../supervision.ts";
import { type Done, ModuleChild, type ModuleChildOptions } from "./module-child.ts";
import { fromWire } from "./protocol.ts";
import type { Unfit } from "./readiness.ts";

export interface ModuleSlotOptions extends ModuleChildOptions {
  readonly limits: Limits;
  /** How many trials a child runs before a fresh one takes its place; null is no limit. */
  readonly recycleAfter: number | null;
  /** Resident memory above which a child is replaced after its trial; null is no limit. */
  readonly memoryLimitMb: number | null;
}

/** A slot for an objective that is a function of a sweep file: one child, started with the first trial and kept warm. */
export class ModuleSlot implements Slot {
  readonly #options: ModuleSlotOptions;
  readonly #reaper: Reaper;
  readonly #staging: Staging;
  #child: ModuleChild | null = null;
  #leaving: Promise<void> = Promise.resolve();

  constructor(options: ModuleSlotOptions, { reaper, staging }: SlotSupport) {
    this.#options = options;
    this.#reaper = reaper;
    this.#staging = staging;
  }

  evaluate(task: TrialTask, watch: Watch): Promise<Evaluation> {
    const output = new Output((text) => watch.print(text));
    return this.#staging.lend(watch.files, (lent) => this.#evaluate({ task, lent }, watch, output));
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    await this.#leaving;
    // An idle child has nothing to be killed for.
    await (child?.isIdle ? child.retire() : child?.destroy());
  }

  async #evaluate(order: Order, watch: Watch, output: Output): Promise<Evaluation> {
    const fit = await this.#fitChild(watch.signal, output);
    if (!(fit instanceof ModuleChild)) return { outcome: fit, log: output.log.text() };
    const supervision = new Supervision(watch, this.#options.limits, {
      isApart: true,
      ask: (reason) => fit.stop(reason),
      kill: () => void fit.destroy(),
    });
    supervision.begin();
    const { task, lent } = order;
    const ended = await fit.run({ task, directory: lent.directory }, async (told) => {
      if (told.type === "report") return supervision.report([{ step: told.step, value: fromWire(told.value) }]);
      return supervision.checkpoint(told.step, () => lent.keep());
    });
    const wasDying = !("result" in ended) && !fit.hasStarted && fit.runs > 1 && supervision.reason === null;
    this.#settle(fit, ended);
    if (wasDying) {
      supervision.dispose();
      return this.#evaluate(order, watch, output);
    }
    return supervision.conclude(
      () => ("result" in ended ? ended.result : ended),
      () => output.log.text(),
    );
  }

  /** A child that can take a trial, or what becomes of the trial without one. */
  async #fitChild(signal: AbortSignal, output: Output): Promise<ModuleChild | Outcome> {
    await this.#leaving;
    if (signal.aborted) return endedBy(stopReasonOf(signal), 0, this.#options.limits);
    if (this.#child?.isGone) this.#child = null;
    const child = this.#child ?? (await ModuleChild.start(this.#options, this.#reaper));
    this.#child = child;
    child.hear(output);
    const unfit = await unlessAborted(child.ready, signal);
    if (unfit === null) return child;
    if (unfit !== "aborted") this.#drop(child.destroy());
    return unfit === "aborted" ? endedBy(stopReasonOf(signal), 0, this.#options.limits) : unfit;
  }

  /** Keeps the child for the next trial, or lets it go. */
  #settle(child: ModuleChild, ended: Done | Unfit): void {
    const { recycleAfter, memoryLimitMb } = this.#options;
    const isDead = !("result" in ended);
    const isWorn = recycleAfter !== null && child.runs >= recycleAfter;
    const isLarge = memoryLimitMb !== null && !isDead && ended.rss > memoryLimitMb * 1024 * 1024;
    if (isDead) this.#drop(child.destroy());
    else if (ended.isLast || isWorn || isLarge) this.#drop(child.retire());
    else child.rest();
  }

  #drop(leaving: Promise<void>): void {
    this.#child = null;
    this.#leaving = leaving;
  }
}

interface Order {
  readonly task: TrialTask;
  readonly lent: Lent;
}

/** What the promise gives, or that the signal was aborted first. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | "aborted"> {
  return new Promise((resolve) => {
    const leave = (): void => resolve("aborted");
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
    void promise.then((value) => {
      signal.removeEventListener("abort", leave);
      resolve(value);
    });
  });
}
