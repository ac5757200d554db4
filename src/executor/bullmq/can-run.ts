import type { WorkerRecord } from "../../store/worker-record.ts";
import type { Demand } from "./queue-name.ts";

/** Whether a worker takes trials of an objective now. */
export function canRun({ state, objectives, tags }: WorkerRecord, { version, requires }: Demand): boolean {
  return (
    state === "serving" &&
    requires.every((tag) => tags.includes(tag)) &&
    objectives.some((objective) => objective.version === version)
  );
}
