import type { Dependence } from "../importance/dependence.ts";
import type { Importance, Known } from "../importance/importance.ts";
import type { CompiledSpace } from "../space/compile.ts";
import type { Relation } from "../space/relation/relation.ts";
import { relationsOf } from "../space/relation/where.ts";
import type { Store } from "../store/store.ts";
import type { Control, StudyRecord } from "../store/study-record.ts";
import type { Trial } from "../trial/trial.ts";
import { type CompleteStudyTrial, type StudyTrial, showTrial } from "./study-trial.ts";
import { checkTrialNumber } from "./trial-number.ts";
import { orient } from "./view/direction.ts";
import { StudyView } from "./view/view.ts";

/** Where a study is, and what was read of it. */
export interface Stored {
  readonly store: Store;
  readonly record: StudyRecord;
  readonly space: CompiledSpace;
  /** Default those that are stored, of which a function is none. */
  readonly relations?: readonly Relation[];
}

/** The record of a search, to read it and to say how it goes on. It proposes nothing, so it needs no sampler. */
export class StoredStudy<P = unknown> {
  readonly name: string;
  readonly space: CompiledSpace;
  readonly store: Store;
  protected readonly view: StudyView;
  readonly #relations: readonly Relation[] | undefined;

  /** Not for users: `createStudy` and `openStudy` check what goes in here. */
  constructor({ store, record, space, relations }: Stored) {
    this.name = record.name;
    this.space = space;
    this.store = store;
    this.view = new StudyView(record);
    this.#relations = relations;
  }

  /** The complete trial with the best loss, the earliest of equals; null while there is none. */
  async best(): Promise<CompleteStudyTrial<P> | null> {
    await this.refresh();
    const { best, study } = this.view;
    if (best === null) return null;
    const shown = showTrial<P>(best, this.space, study.direction);
    return shown.state === "complete" ? shown : null;
  }

  /** Every trial that holds a number, in order. */
  async trials(): Promise<readonly StudyTrial<P>[]> {
    await this.refresh();
    return this.view.trials.map((trial) => this.show(trial));
  }

  /** One trial, with its log. @throws TRIAL_NOT_FOUND */
  async trial(number: number): Promise<StudyTrial<P>> {
    checkTrialNumber("trial", number);
    return this.show(await this.store.findTrial(this.name, number));
  }

  /**
   * Which params matter, as far as the trials tell; the same for the same trials. With 300 trials of 30 params it takes a
   * second or a few.
   *
   * @returns null with fewer than ten trials that have a loss or were pruned
   */
  async importance(): Promise<Importance | null> {
    const { importanceOf } = await import("../importance/importance.ts"); // who only reads can do without
    return importanceOf(await this.#known());
  }

  /**
   * What a model expects of the loss where some params are given, whatever the others are; it knows of the same trials, and
   * takes as long. The same trials give the same figures.
   *
   * @returns null with fewer than ten trials that have a loss or were pruned
   */
  async dependence(): Promise<Dependence | null> {
    const { dependenceOf } = await import("../importance/dependence.ts"); // likewise
    const dependence = dependenceOf(await this.#known());
    if (dependence === null) return null;
    const { direction } = this.view.study;
    const turned = (loss: number | null): number | null => (loss === null ? null : orient(direction, loss));
    return { ...dependence, expected: (values) => turned(dependence.expected(values)) };
  }

  async #known(): Promise<Known> {
    await this.refresh();
    const { observations, study } = this.view;
    const relations = this.#relations ?? relationsOf(this.space, study.where === "function" ? [] : study.where);
    return { space: this.space, relations, observations };
  }

  /** The study as it is stored now. */
  refresh(): Promise<StudyRecord> {
    return this.view.refresh(this.store);
  }

  /** Proposes nothing more until `resume`; running trials go on. A run of it waits, unless the study is in memory. */
  pause(): Promise<StudyRecord> {
    return this.#control("paused");
  }

  resume(): Promise<StudyRecord> {
    return this.#control("running");
  }

  /** Lets running trials end, then ends the process that drives. */
  stop(): Promise<StudyRecord> {
    return this.#control("stopped");
  }

  /**
   * Ends one trial, and nothing where that has ended; or, called without a number, every running one, wherever it runs, and
   * the study's driver with them.
   *
   * @throws TRIAL_NOT_FOUND; OPTION_INVALID for what is no number, undefined too
   */
  async cancel(...of: [number?: number]): Promise<void> {
    const { cancelRunning, cancelTrial } = await import("./attempt/cancel.ts"); // who only reads can do without
    if (of.length > 0) {
      const [number] = of;
      checkTrialNumber("cancel", number);
      return cancelTrial(this.store, this.view.study, number);
    }
    await this.#control("cancelled");
    await this.refresh();
    await cancelRunning(this.store, this.view); // no driver does it for workers that go on without one
  }

  protected show(trial: Trial): StudyTrial<P> {
    return showTrial<P>(trial, this.space, this.view.study.direction);
  }

  #control(control: Control): Promise<StudyRecord> {
    return this.store.setControl(this.name, control, null);
  }
}
