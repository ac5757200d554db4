import { canRun } from "../../src/executor/bullmq/can-run.ts";
import type { Demand } from "../../src/executor/bullmq/queue-name.ts";
import type { HeardWorker, ServedObjective, WorkerRecord } from "../../src/store/worker-record.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { count } from "../render/figure.ts";
import { lastHeard } from "./last-heard.ts";
import { type RunNotes, readNotes } from "./notes.ts";
import { versionText } from "./version-text.ts";

/** What a deployment looks like now. */
export interface FleetState {
  readonly workers: readonly HeardWorker[];
  /** Whether the store takes nothing more. */
  readonly isFull: boolean;
}

/** Why a study over Redis that is driven gets nothing done; null where workers serve it. */
export function whyUnserved({ study }: StudyView, { workers, isFull }: FleetState): string | null {
  if (isFull) return "the store is full: no new trial is proposed, and outcomes wait";
  const notes = readNotes(study);
  const { version, requires = [] } = notes;
  if (version === undefined) return null; // a program of its own drives it
  const demand = { version, requires };
  const serving = workers.filter((worker) => canRun(worker, demand));
  if (serving.length > 0) return whySilent(serving);
  if (workers.length === 0) return "no worker is alive";
  const alive = count(workers.length, "worker");
  const able = workers.find((worker) => canRun({ ...worker, state: "serving" }, demand));
  if (able !== undefined) {
    return `the worker on ${able.host} takes no more trials: ${able.reason ?? "it is about to end"}`;
  }
  return `no worker serves it: ${lacking(workers, demand) ?? otherVersion(workers, notes, study.name) ?? `${alive} alive, with other sweeps`}`;
}

/** Null where one of these workers was heard just now. */
function whySilent(workers: readonly HeardWorker[]): string | null {
  const newest = workers.reduce((first, other) => (other.silentMs < first.silentMs ? other : first));
  const silence = lastHeard(newest);
  if (silence === null) return null;
  const [who, others] = [`the worker on ${newest.host}`, workers.length - 1];
  return others === 0 ? `${who} was ${silence}` : `${who} was ${silence}, and ${count(others, "other")} before that`;
}

/** Tags that no worker has. */
function lacking(workers: readonly WorkerRecord[], { requires }: Demand): string | null {
  const capable = workers.some(({ tags }) => requires.every((tag) => tags.includes(tag)));
  return capable ? null : `none of ${count(workers.length, "worker")} has a slot with ${requires.join(" and ")}`;
}

/** Who has the sweep with other code. */
function otherVersion(workers: readonly WorkerRecord[], notes: Partial<RunNotes>, study: string): string | null {
  const { version = "", places = {} } = notes;
  for (const { host, objectives } of workers) {
    const other = objectives.find((objective) => isOf(objective, notes, study));
    if (other === undefined) continue;
    const meant = versionText(version, places[version]);
    return `it means version ${meant}, and the worker on ${host} has ${versionText(other.version, other)}`;
  }
  return null;
}

function isOf({ name }: ServedObjective, { objective }: Partial<RunNotes>, study: string): boolean {
  return name === (objective ?? study);
}
