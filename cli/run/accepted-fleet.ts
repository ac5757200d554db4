import type { Demand } from "../../src/executor/bullmq/queue-name.ts";
import { queueName } from "../../src/executor/bullmq/queue-name.ts";
import type { Fleet } from "../../src/executor/fleet.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import type { QueuedTrial } from "../../src/trial/trial.ts";
import { readNotes } from "../study/notes.ts";

/**
 * The workers that run a study's objective in the version that was accepted last. What waits when another version is
 * accepted is delivered to the workers of that one, too.
 */
export class AcceptedFleet implements Fleet {
  readonly #make: (demand: Demand) => Fleet;
  readonly #begun: Demand;
  readonly #fleets = new Map<string, Fleet>();

  /** @param begun what the study means where it says nothing */
  constructor(begun: Demand, make: (demand: Demand) => Fleet) {
    this.#begun = begun;
    this.#make = make;
  }

  slots(study: StudyRecord): Promise<number> {
    return this.#of(study).slots(study);
  }

  deliver(study: StudyRecord, trials: readonly QueuedTrial[], delivery?: { readonly isFirst: boolean }): Promise<void> {
    return this.#of(study).deliver(study, trials, delivery);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#fleets.values()].map((fleet) => fleet.close()));
  }

  #of(study: StudyRecord): Fleet {
    const { version = this.#begun.version, requires = this.#begun.requires } = readNotes(study);
    const demand = { version, requires };
    const key = queueName(demand);
    const known = this.#fleets.get(key);
    if (known !== undefined) return known;
    const fleet = this.#make(demand);
    this.#fleets.set(key, fleet);
    return fleet;
  }
}
