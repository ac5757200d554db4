import type { Study } from "../../src/study/study.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import { sayJson } from "../render/json-log.ts";

/** Tells everything that happens in a study as one JSON object a line on stderr. */
export function logEvents(study: Study): void {
  const tell = (kind: string, about: object = {}): void => sayJson({ kind, study: study.name, ...about });
  study.on("started", (started) => tell("started", started));
  study.on("reported", (reported) => tell("reported", reported));
  study.on("printed", (printed) => tell("printed", printed));
  study.on("settled", ({ trial, isBest }) => tell("settled", { ...outcomeOf(trial), isBest }));
  study.on("fault", (fault) => tell("fault", fault));
  study.on("sampling", (sampling) => tell("sampling", sampling));
  study.on("samplerChanged", (change) => tell("samplerChanged", change));
  study.on("waiting", (waiting) => tell("waiting", waiting));
  study.on("paused", () => tell("paused"));
  study.on("resumed", () => tell("resumed"));
}

function outcomeOf(trial: StudyTrial<unknown>): object {
  const { number, attempt, state } = trial;
  switch (trial.state) {
    case "complete":
      return { number, attempt, state, loss: trial.loss };
    case "pruned":
      return { number, attempt, state, step: trial.step };
    case "failed":
      return { number, attempt, state, reason: trial.reason, message: trial.message };
    default:
      return { number, attempt, state };
  }
}
