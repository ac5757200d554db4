import type { AttemptResult, Committed, Fence, Store } from "../src/store/store.ts";
import { isGone } from "../src/store/study-errors.ts";
import type { StudyRecord } from "../src/store/study-record.ts";
import type { Report, Verdict } from "../src/trial/report.ts";
import type { Trial } from "../src/trial/trial.ts";

/** What a study is called now, which may have been renamed since; null where it is gone. */
export async function nameNow(
  store: Pick<Store, "findStudy" | "listStudies">,
  { name, id }: Pick<StudyRecord, "name" | "id">,
): Promise<string | null> {
  if ((await store.findStudy(name))?.id === id) return name;
  return (await store.listStudies()).find((each) => each.id === id)?.name ?? null;
}

/** What an attempt says to the store of its own trial. */
type AttemptCalls = Pick<Store, "renew" | "report" | "checkpoint" | "commit" | "findTrial">;

/**
 * The calls of an attempt, about its study by whatever name it has: it may be renamed while its trials run, and another
 * may have its name then.
 */
export class RenamedStudy implements AttemptCalls {
  readonly #store: Store;
  readonly #id: string;
  #name: string;

  constructor(store: Store, { id, name }: StudyRecord) {
    this.#store = store;
    this.#id = id;
    this.#name = name;
  }

  renew(_name: string, number: number, fence: Fence, leaseMs: number): Promise<Verdict | "stale"> {
    return this.#call((name) => this.#store.renew(name, number, fence, leaseMs), isStale);
  }

  report(_name: string, number: number, fence: Fence, reports: readonly Report[]): Promise<Verdict | "stale"> {
    return this.#call((name) => this.#store.report(name, number, fence, reports), isStale);
  }

  checkpoint(_name: string, number: number, fence: Fence, step: number): Promise<Verdict | "stale"> {
    return this.#call((name) => this.#store.checkpoint(name, number, fence, step), isStale);
  }

  commit(_name: string, number: number, fence: Fence, result: AttemptResult): Promise<Committed> {
    return this.#call(
      (name) => this.#store.commit(name, number, fence, result),
      ({ kind }) => kind === "ignored",
    );
  }

  findTrial(_name: string, number: number): Promise<Trial> {
    return this.#call(
      (name) => this.#store.findTrial(name, number),
      () => false,
    );
  }

  /** @param isMissed whether an answer may be that of another study */
  async #call<T>(about: (name: string) => Promise<T>, isMissed: (answer: T) => boolean): Promise<T> {
    const asked = this.#name;
    try {
      const answer = await about(asked);
      if (!isMissed(answer) || !(await this.#isRenamed(asked))) return answer;
    } catch (error) {
      if (!isGone(error) || !(await this.#isRenamed(asked))) throw error;
    }
    return about(this.#name);
  }

  async #isRenamed(asked: string): Promise<boolean> {
    const name = await nameNow(this.#store, { name: asked, id: this.#id });
    this.#name = name ?? asked;
    return this.#name !== asked;
  }
}

function isStale(answer: Verdict | "stale"): boolean {
  return answer === "stale";
}
