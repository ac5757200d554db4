import type { WorkerEvent } from "../../workers/options.ts";
import { err } from "../render/colors.ts";
import { count } from "../render/figure.ts";
import { messageJson, sayJson } from "../render/json-log.ts";
import { failureLine } from "../render/lines.ts";
import { say } from "../render/print.ts";

/** Where a worker tells what happens: lines for people, or one JSON object a line for machines. */
export function logTo(isJson: boolean): (event: WorkerEvent) => void {
  return isJson ? logJson : logText;
}

/** Says something that is no event, as a line or as an object of kind `message`. */
export function messageTo(isJson: boolean): (text: string) => void {
  return isJson ? messageJson : say;
}

function logJson(event: WorkerEvent): void {
  sayJson(event);
}

function logText(event: WorkerEvent): void {
  const text = textOf(event);
  if (text !== null) say(`${err.dim(new Date().toISOString().slice(11, 19))} ${text}`);
}

/** Null for what only machines want to read. */
function textOf(event: WorkerEvent): string | null {
  switch (event.kind) {
    case "serving":
      return `worker ${event.id.slice(0, 8)} serves ${count(event.queues.length, "objective")}`;
    case "unserved":
      return err.yellow(`${event.objective} is not served: it requires ${event.missing.join(", ")}`);
    case "started":
      return `${trial(event)} starts in slot ${event.slot}${event.attempt === 1 ? "" : `, attempt ${event.attempt}`}`;
    case "printed":
    case "reported":
      return null;
    case "settled":
      return event.state === "failed"
        ? err.red(`${trial(event)} failed: ${failureLine(event, err)}`)
        : `${trial(event)} is ${event.state === "queued" ? "queued again" : event.state}`;
    case "stale":
      return err.yellow(`${trial(event)} came too late: it had ended by then, or was given to another worker`);
    case "kept":
      return err.yellow(`${trial(event)} ended while the store is away; its outcome is kept on the disk`);
    case "unkept":
      return err.red(
        `${trial(event)} ended while the store is away, and the disk does not take its outcome: ${event.reason}; it is lost if this worker ends before the store is back`,
      );
    case "recovered":
      return `${trial(event)}: the outcome that was kept ${event.counted ? "is committed" : "came too late"}`;
    case "left":
      return err.yellow(
        `${trial(event)}: its outcome is kept here for ${event.store}: start a worker there with this --spool`,
      );
    case "refused":
      return err.yellow(`a job was refused: ${event.problem}`);
    case "fault":
      return err.yellow(`${trial(event)} goes back to the queue: this machine is at fault: ${event.message}`);
    case "sick":
      return err.red(`this worker takes no more trials: ${event.reason}`);
    case "waiting":
      return err.yellow(`waiting: ${event.reason}`);
    case "back":
      return "the store is back";
    case "draining":
      return DRAINING[event.end];
    case "ended":
      return "the worker has ended";
  }
}

const DRAINING = {
  drained: "ending: running trials may end",
  "handed-back": "ending: running trials are handed back; the next signal kills them",
  "max-trials": "ending: it has run as many trials as it may",
  idle: "ending: nothing to do",
} as const;

function trial({ study, number }: { readonly study: string; readonly number: number }): string {
  return err.bold(`${study} #${number}`);
}
