import type { Artifacts } from "../../artifacts/artifacts.ts";
import { directoryArtifacts } from "../../artifacts/directory.ts";
import type { JsonObject } from "../../trial/json.ts";
import type { Observation } from "../../trial/observation.ts";
import type { Report, Verdict } from "../../trial/report.ts";
import type { Holder, Trial } from "../../trial/trial.ts";
import { collectArtifacts } from "../collect-artifacts.ts";
import type {
  AttemptResult,
  ChangeHint,
  Claim,
  Claimed,
  Committed,
  Fence,
  LeadOptions,
  Led,
  Reservation,
  Reserved,
  Store,
} from "../store.ts";
import { isStudyNotFound } from "../study-errors.ts";
import type {
  Control,
  Snapshot,
  StudyArchive,
  StudyRecord,
  StudySettings,
  StudySpec,
  TestRecord,
} from "../study-record.ts";
import type { WorkerRegistry } from "../worker-record.ts";
import { redisArtifacts } from "./artifacts.ts";
import { Reading } from "./reading.ts";
import { Records } from "./records.ts";
import { Removals, type RemoveElsewhere } from "./removals.ts";
import type { RedisClient } from "./server/client.ts";
import { isFull } from "./server/server-check.ts";
import type { StudyCalls } from "./server/study-calls.ts";
import { Watch } from "./server/watch.ts";
import { TrialLife } from "./trial-life.ts";
import { WholeStudies } from "./whole-studies.ts";
import { redisWorkers } from "./workers.ts";

/** A store that processes on many machines share. */
export interface RedisStore extends Store {
  /** The one connection for commands, for who brings trials to workers. */
  readonly client: RedisClient;
  /** The beginning of all keys, with its hash tag: `{parzen}`. */
  readonly prefix: string;
  readonly workers: WorkerRegistry;
  /**
   * As any store's. A removal that was cut short is finished by another call with the same name, or the next call of all.
   *
   * @param elsewhere removes what the study has beside its keys and artifacts, such as its queues: when it is out of
   *   sight, before its record goes. Of a removal that was cut short only a call which is given it removes the record.
   */
  deleteStudy(name: string, elsewhere?: RemoveElsewhere): Promise<void>;
  watch(name: string, changed: (hint: ChangeHint) => void): Promise<() => Promise<void>>;
  /** Whether the server takes nothing more: its `maxmemory` is reached. */
  isFull(): Promise<boolean>;
}

/** The store by its parts: records, reading, the life of trials, whole studies. */
export class SharedStore implements RedisStore {
  readonly location: string;
  readonly isDurable = true;
  readonly artifacts: Artifacts;
  readonly client: RedisClient;
  readonly prefix: string;
  readonly workers: WorkerRegistry;
  readonly #calls: StudyCalls;
  readonly #records: Records;
  readonly #reading: Reading;
  readonly #life: TrialLife;
  readonly #removals: Removals;
  readonly #whole: WholeStudies;
  readonly #watch: Watch;

  constructor(calls: StudyCalls, artifacts: string | Artifacts | undefined) {
    const { server, keys } = calls;
    this.location = server.location;
    this.client = server.client;
    this.prefix = keys.prefix;
    this.artifacts = artifactsOf(artifacts, calls);
    this.workers = redisWorkers(server, keys);
    this.#calls = calls;
    this.#records = new Records(calls);
    this.#reading = new Reading(calls, this.#records);
    this.#life = new TrialLife(calls);
    this.#watch = new Watch(server);
    const parts = { calls, records: this.#records, artifacts: this.artifacts };
    this.#removals = new Removals(parts);
    this.#whole = new WholeStudies({ ...parts, reading: this.#reading, removals: this.#removals });
  }

  async createStudy(spec: StudySpec, settings: StudySettings): Promise<StudyRecord> {
    return this.#records.create(spec, settings);
  }

  async findStudy(name: string): Promise<StudyRecord | null> {
    try {
      return (await this.#records.find(name)).record;
    } catch (error) {
      if (isStudyNotFound(error)) return null;
      throw error;
    }
  }

  async listStudies(): Promise<readonly StudyRecord[]> {
    const { server, keys } = this.#calls;
    const names = await server.answered(this.client.hkeys(keys.studies));
    const found = await Promise.all(names.map((name) => this.findStudy(name)));
    const records = found.filter((record) => record !== null);
    return records.sort((left, right) => left.createdAtMs - right.createdAtMs || (left.id < right.id ? -1 : 1));
  }

  async renameStudy(name: string, to: string): Promise<void> {
    await this.#records.rename(name, to);
  }

  async deleteStudy(name: string, elsewhere?: RemoveElsewhere): Promise<void> {
    await this.#removals.deleteStudy(name, elsewhere);
  }

  async collectArtifacts(name: string): Promise<number> {
    return collectArtifacts(this, name, async () => (await this.#records.find(name)).record);
  }

  async configure(name: string, patch: Partial<StudySettings>): Promise<StudyRecord> {
    return this.#records.configure(name, patch);
  }

  async setControl(name: string, control: Control, reason: string | null): Promise<StudyRecord> {
    return this.#records.setControl(name, control, reason);
  }

  async note(name: string, notes: JsonObject): Promise<void> {
    await this.#records.note(name, notes);
  }

  async recordTest(name: string, trial: number, metrics: TestRecord["metrics"]): Promise<TestRecord> {
    return this.#records.recordTest(name, { trial, metrics });
  }

  async snapshot(name: string, since: number): Promise<Snapshot> {
    return this.#reading.snapshot(name, since);
  }

  async findTrial(name: string, number: number): Promise<Trial> {
    return this.#reading.findTrial(name, number);
  }

  async reserve(name: string, reservation: Reservation): Promise<Reserved> {
    const [reserved] = await this.#life.reserveAll(name, [reservation]);
    if (reserved === undefined) throw new RangeError("a reservation without an answer");
    return reserved;
  }

  async reserveAll(name: string, reservations: readonly Reservation[]): Promise<readonly Reserved[]> {
    return this.#life.reserveAll(name, reservations);
  }

  async importObservations(name: string, observations: readonly Omit<Observation, "number">[]): Promise<void> {
    await this.#reading.importObservations(name, observations);
  }

  async claim(name: string, number: number, claim: Claim): Promise<Claimed> {
    return this.#life.claim(name, number, claim);
  }

  async renew(name: string, number: number, fence: Fence, leaseMs: number): Promise<Verdict | "stale"> {
    return this.#life.renew(name, number, fence, leaseMs);
  }

  async report(name: string, number: number, fence: Fence, reports: readonly Report[]): Promise<Verdict | "stale"> {
    return this.#life.report(name, number, fence, reports);
  }

  async checkpoint(name: string, number: number, fence: Fence, step: number): Promise<Verdict | "stale"> {
    return this.#life.checkpoint(name, number, fence, step);
  }

  async judge(name: string, number: number, verdict: Verdict): Promise<void> {
    await this.#life.judge(name, number, verdict);
  }

  async commit(name: string, number: number, fence: Fence, result: AttemptResult): Promise<Committed> {
    return this.#life.commit(name, number, fence, result);
  }

  async lead(name: string, holder: Holder, options: LeadOptions): Promise<Led> {
    return this.#life.lead(name, holder, options);
  }

  async resign(name: string, holder: Holder): Promise<void> {
    await this.#life.resign(name, holder);
  }

  async watch(name: string, changed: (hint: ChangeHint) => void): Promise<() => Promise<void>> {
    const { record } = await this.#records.find(name);
    return this.#watch.on(this.#calls.keys.changed(record.id), changed);
  }

  isFull(): Promise<boolean> {
    return isFull(this.#calls.server);
  }

  async exportStudy(name: string): Promise<StudyArchive> {
    return this.#whole.exportStudy(name);
  }

  async importStudy(archive: StudyArchive, name?: string): Promise<StudyRecord> {
    return this.#whole.importStudy(archive, name);
  }

  async close(): Promise<void> {
    this.#watch.close();
    this.#calls.server.close();
  }
}

function artifactsOf(given: string | Artifacts | undefined, { server, keys }: StudyCalls): Artifacts {
  if (typeof given === "string") return directoryArtifacts(given);
  return given ?? redisArtifacts({ client: server.client, keys, answered: (call) => server.answered(call) });
}
