import { hash } from "node:crypto";
import type { JsonObject } from "../../../trial/json.ts";
import type { FinishedTrial, PendingTrial, Trial, TrialPlan } from "../../../trial/trial.ts";
import { assignmentKey } from "../../assignment-key.ts";
import { holderToTuple } from "./fields.ts";
import type { Proposal } from "./proposal-tuple.ts";
import { toStored } from "./stored-json.ts";

/*
 * What is written of a trial by its reader's rules; see `trial-row.ts`.
 */

export function proposalToText({ assignment, fidelity, origin, basis, memo, plan }: Proposal): string {
  const parts = plan === null ? null : planParts(plan);
  return toStored([assignment, fidelity ?? null, origin, basis, memo, parts], "trial");
}

function planParts({ maxTrials, parallelism, running }: TrialPlan): readonly unknown[] {
  if (running === undefined) return [maxTrials, parallelism];
  return [maxTrials, parallelism, running.map(({ number, step, value }) => [number, step, value])];
}

/** Short text that equal configurations share. 132 bits: two of a study's are never the same by chance. */
export function configurationHash({ assignment, fidelity }: Pick<Trial, "assignment" | "fidelity">): string {
  return hash("sha256", assignmentKey(assignment, fidelity), "base64url").slice(0, 22);
}

/** The fields of a trial that comes from an archive; a running one has no token. */
export function trialToFields(trial: Trial): Readonly<Record<string, string>> {
  const last = trial.reports.at(-1);
  const reported = last === undefined ? {} : { r: String(last.step) };
  if (trial.state === "queued" || trial.state === "running") return { ...reported, ...pendingToFields(trial) };
  const { reservedAt, queuedAtMs, attempt, lost, errors, hosts, checkpoint, startedAtMs, committedAt } = trial;
  const { finishedAtMs, version, holder } = trial;
  const times = [reservedAt, queuedAtMs, attempt, lost, errors, hosts, checkpoint, startedAtMs, committedAt];
  const rest = [...times, finishedAtMs, version, holder === null ? null : holderToTuple(holder)];
  const document = `[${proposalToText(trial)},${toStored(ownOf(trial), "trial")},${toStored(rest, "trial").slice(1)}`;
  return { ...reported, s: trial.state, d: document };
}

function ownOf(trial: FinishedTrial): JsonObject {
  switch (trial.state) {
    case "complete": {
      const { losses, constraints, metrics, attributes } = trial;
      return { losses, ...(constraints === undefined ? {} : { constraints }), metrics, attributes };
    }
    case "pruned":
      return { step: trial.step };
    case "failed":
      return { reason: trial.reason, message: trial.message };
    case "cancelled":
      return {};
  }
}

function pendingToFields(trial: PendingTrial): Readonly<Record<string, string>> {
  const { state, reservedAt, queuedAtMs, attempt, lost, errors, hosts, checkpoint } = trial;
  const fields: Record<string, string> = {
    s: state,
    p: proposalToText(trial),
    ra: String(reservedAt),
    q: String(queuedAtMs),
    a: String(attempt),
    lo: String(lost),
    er: String(errors),
  };
  if (hosts.length > 0) fields["h"] = hosts.map((host) => toStored(host, "trial")).join(",");
  if (checkpoint !== null) fields["cp"] = String(checkpoint);
  if (trial.state === "queued") return fields;
  fields["ho"] = toStored(holderToTuple(trial.holder), "trial");
  fields["hn"] = toStored(trial.holder.host, "trial");
  fields["st"] = String(trial.startedAtMs);
  fields["vd"] = trial.verdict;
  if (trial.version !== null) fields["v"] = toStored(trial.version, "trial");
  if (trial.resumedFrom !== null) fields["rf"] = String(trial.resumedFrom);
  return fields;
}
