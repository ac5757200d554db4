import type { CompleteOutcome, Outcome } from "../../../trial/outcome.ts";
import type { Report } from "../../../trial/report.ts";
import { normalReport } from "../../../trial/transition.ts";
import type { Holder } from "../../../trial/trial.ts";
import type { Claim, Fence, Reservation } from "../../store.ts";
import { holderToTuple } from "./fields.ts";
import { toStored } from "./stored-json.ts";
import { configurationHash, proposalToText } from "./trial-fields.ts";

/* What the scripts of a trial's life are called with: texts, in the order in which each script takes them. */

export function reservationArgs(reservation: Reservation): readonly string[] {
  const { expectedNumber, origin, mayRepeat = false, leader, maxPending, plan = null } = reservation;
  return [
    expectedNumber === null ? "" : String(expectedNumber),
    origin === "sampler" && !mayRepeat ? "1" : "",
    leader === undefined ? "" : holderText(leader),
    maxPending === undefined ? "" : String(maxPending),
    proposalToText({ ...reservation, plan }),
    configurationHash(reservation),
  ];
}

export function claimArgs({ holder, leaseMs, version, whileRunning = false, studyId = "" }: Claim): readonly string[] {
  return [
    holderText(holder),
    toStored(holder.host, "holder"),
    duration(leaseMs),
    version === null ? "" : toStored(version, "version"),
    whileRunning ? "1" : "",
    studyId,
  ];
}

/** Steps and values by turns, as one JSON list. */
export function reportsText(reports: readonly Report[]): string {
  return JSON.stringify(
    reports.map(normalReport).flatMap(({ step, value }) => [String(step), toStored(value, "report")]),
  );
}

export function holderText(holder: Holder): string {
  return toStored(holderToTuple(holder), "holder");
}

/** Whole milliseconds, and no more than a date can have. */
export function duration(milliseconds: number): string {
  return String(Math.min(Math.round(milliseconds), 1e14));
}

/** A token stands after a sign, so that an empty one is not taken for none. */
export function fenceArgs({ attempt, token }: Fence): readonly [attempt: string, token: string] {
  return [String(attempt), token === undefined ? "" : `=${token}`];
}

/** Kind, what it adds as JSON, step, reason, whether the machine was at fault. */
export function outcomeArgs(outcome: Outcome): readonly string[] {
  switch (outcome.kind) {
    case "complete":
      return outcome.losses.some(Number.isNaN)
        ? outcomeArgs({ kind: "failed", reason: "invalid", message: "the loss is NaN" })
        : ["complete", completeText(outcome), "", "", ""];
    case "pruned":
      return ["pruned", "{}", String(outcome.step), "", ""];
    case "failed": {
      const { reason, message } = outcome;
      return ["failed", toStored({ reason, message }, "outcome"), "", reason, ""];
    }
    case "lost":
      return ["lost", "{}", "", "", outcome.machine === true ? "1" : ""];
    case "handed-back":
    case "cancelled":
      return [outcome.kind, "{}", "", "", ""];
  }
}

function completeText({ losses, constraints, metrics = {}, attributes = {} }: CompleteOutcome): string {
  const own = { losses, ...(constraints === undefined ? {} : { constraints }), metrics, attributes };
  return toStored(own, "outcome");
}
