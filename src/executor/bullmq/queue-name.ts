import type { ServedObjective } from "../../store/worker-record.ts";

/** What decides on which queue a trial waits: only workers that can run it listen there. */
export type Demand = Pick<ServedObjective, "version" | "requires">;

/** Name of the queue of an objective: its tags, sorted, and its version. BullMQ allows no colon in it. */
export function queueName({ requires, version }: Demand): string {
  const tags = [...new Set(requires)].sort().map(encodeURIComponent);
  return `${tags.length === 0 ? "any" : tags.join("+")}-${encodeURIComponent(version)}`;
}

/** What begins the keys of every queue. @param prefix with its hash tag, `{parzen}`: a script may touch several keys on a Cluster */
export function queuePrefix(prefix: string): string {
  return `${prefix}:q`;
}

/** Where who delivers tells idle workers that a queue has something. */
export function workChannel(prefix: string, queue: string): string {
  return `${prefix}:work:${queue}`;
}

/** Where a study's queues are noted, among its keys, so that deleting it finds them. */
export function studyQueuesKey(prefix: string, studyId: string): string {
  return `${prefix}:s:${studyId}:queues`;
}
