import type { Artifacts } from "../../artifacts/artifacts.ts";
import type { JsonObject } from "../../trial/json.ts";
import { studyNotFound } from "../study-errors.ts";
import type { Records } from "./records.ts";
import { record, text } from "./rows/fields.ts";
import { fromStored } from "./rows/stored-json.ts";
import { REMOVE } from "./scripts/studies.ts";
import { storeFailure } from "./server/failure.ts";
import type { StudyCalls } from "./server/study-calls.ts";

/** Trials whose keys are removed in one go: the server serves others in between. */
const AT_ONCE = 500;
/** An import that has not ended by then never will. */
const ABANDONED_MS = 86_400_000;

/** A study that is out of sight for good, and whose keys are to go. */
export interface RemovedStudy {
  readonly id: string;
  readonly notes: JsonObject;
}

/**
 * Removes what a study has beside its keys and the store's artifacts, such as its queues. It may be asked for more than
 * once: by whoever deletes next where the process ended over it.
 */
export type RemoveElsewhere = (study: RemovedStudy) => Promise<void>;

export interface RemovalsOptions {
  readonly calls: StudyCalls;
  readonly records: Records;
  readonly artifacts: Artifacts;
}

/**
 * Takes studies out of sight in one step, and their keys in many. In between the id is noted, and the record, which leads
 * to all the rest, goes last: who deletes or imports later removes what somebody else left behind.
 */
export class Removals {
  readonly #options: RemovalsOptions;

  constructor(options: RemovalsOptions) {
    this.#options = options;
  }

  /** One whose removal was cut short as well. @throws STUDY_NOT_FOUND */
  async deleteStudy(name: string, elsewhere?: RemoveElsewhere): Promise<void> {
    const { server } = this.#options.calls;
    const id = await this.#takeOut(name, elsewhere === undefined ? "" : "1");
    if (id !== null) {
      await this.#finish(id, elsewhere);
      await this.finishAbandoned(elsewhere).catch(() => undefined); // this study is gone, others are noted still
    } else if (!(await this.finishAbandoned(elsewhere)).includes(name)) {
      throw studyNotFound(name, server.location);
    }
  }

  /** @returns the study's id; null where there is none */
  async #takeOut(name: string, needsMore: "1" | ""): Promise<string | null> {
    const { calls, records } = this.#options;
    const { studies, removed } = calls.keys;
    records.forget(name);
    const [kind, id] = await calls.server.run(REMOVE, [studies, removed], [name, calls.now, needsMore]);
    return kind === "study" ? null : text({ key: studies, value: id });
  }

  /**
   * Finishes what a process began that ended over it: removals at once, imports after a day.
   *
   * @returns names of the studies
   */
  async finishAbandoned(elsewhere?: RemoveElsewhere): Promise<readonly string[]> {
    const { server, keys } = this.#options.calls;
    const until = (await this.nowMs()) - ABANDONED_MS;
    const names: string[] = [];
    for (const id of await server.answered(server.client.zrangebyscore(keys.removed, "-inf", until))) {
      const name = await server.answered(server.client.hget(keys.study(id), "name"));
      if ((await this.#finish(id, elsewhere)) && name !== null) names.push(name);
    }
    return names;
  }

  /** @returns whether it is gone: what it has elsewhere goes first, if it has something */
  async #finish(id: string, elsewhere: RemoveElsewhere | undefined): Promise<boolean> {
    const { server, keys } = this.#options.calls;
    const { client } = server;
    const key = keys.study(id);
    const [next, notes, needs, name] = await server.answered(client.hmget(key, "next", "notes", "elsewhere", "name"));
    if (needs === "1" && elsewhere === undefined) return false;
    if (typeof notes === "string") await this.#clear({ id, notes: readable(notes, key) }, elsewhere);
    const largest = await server.answered(
      client.zrange(`${key}:changes`, "+inf", "-inf", "BYSCORE", "REV", "LIMIT", 0, 1),
    );
    await this.#removeForGood({ id, name: name ?? null }, Math.max(Number(next ?? 0), Number(largest[0] ?? -1) + 1));
    return true;
  }

  /** Again where the server went away meanwhile: it may have lost that the study is gone, and what went. */
  async #removeForGood({ id, name }: Readonly<{ id: string; name: string | null }>, trials: number): Promise<void> {
    const { calls, records } = this.#options;
    const { server } = calls;
    let epoch: number;
    do {
      epoch = server.epoch;
      if (name !== null) await records.withdraw({ id, name });
      await this.removeKeys(id, trials);
    } while (server.epoch !== epoch);
  }

  /** It may ask the server for something by itself. */
  async #clear(study: RemovedStudy, elsewhere: RemoveElsewhere | undefined): Promise<void> {
    try {
      await elsewhere?.(study);
    } catch (error) {
      throw storeFailure(error, this.#options.calls.server.location);
    }
  }

  /** Of the study's record last, so that a removal that is cut off can be done again. */
  async removeKeys(id: string, trials: number): Promise<void> {
    const { calls, artifacts } = this.#options;
    const { server, keys } = calls;
    await artifacts.removeStudy(id);
    for (let at = 0; at < trials; at += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, trials - at) }, (_, index) => at + index);
      const some = numbers.flatMap((number) => [
        keys.trial(id, number),
        keys.reports(id, number),
        keys.log(id, number),
      ]);
      await server.answered(server.client.unlink(...some));
    }
    await server.answered(server.client.unlink(...keys.ofStudy(id)));
    await server.answered(server.client.zrem(keys.removed, id));
  }

  /** By the server's clock. */
  async nowMs(): Promise<number> {
    const { server } = this.#options.calls;
    const [seconds] = await server.answered(server.client.time());
    return Number(seconds) * 1000;
  }
}

/** Damage in what is to be removed keeps nothing of it. */
function readable(notes: string, key: string): JsonObject {
  try {
    return record({ key, value: fromStored(notes, key) }) as JsonObject; // `fromStored` gives nothing else
  } catch {
    return {};
  }
}
