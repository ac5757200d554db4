import type { JsonObject } from "../../../trial/json.ts";
import { FAILURE_REASONS, type Losses } from "../../../trial/outcome.ts";
import type { Report } from "../../../trial/report.ts";
import { lostMessage } from "../../../trial/settle.ts";
import type { FinishedTrial, Trial, TrialBase } from "../../../trial/trial.ts";
import {
  count,
  double,
  doubles,
  type Found,
  holderFromTuple,
  json,
  list,
  nullable,
  numbers,
  oneOf,
  record,
  text,
  texts,
} from "./fields.ts";
import { proposalFrom } from "./proposal-tuple.ts";
import { corrupt } from "./stored-json.ts";

interface Ended {
  readonly state: FinishedTrial["state"];
  readonly number: number;
  readonly reports: readonly Report[];
  readonly log: string;
}

/** From the list under `d`: see `trial-row.ts`. */
export function finishedFromText(found: Found, { state, number, reports, log }: Ended): Trial {
  const { key } = found;
  const parts = list(json(found)).map((value): Found => ({ key, value }));
  const [p, own, ra, q, a, lo, er, h, cp, st, ca, fi, v, ho] = parts;
  if (parts.length < 14 || !p || !own || !ra || !q || !a || !lo || !er || !h || !cp || !st || !ca || !fi || !v || !ho) {
    throw corrupt(key, "a trial that is not whole");
  }
  const kept = { lost: count(lo), hosts: texts(h) };
  const base = {
    number,
    ...proposalFrom(p),
    reservedAt: count(ra),
    attempt: count(a),
    ...kept,
    errors: count(er),
    reports,
    checkpoint: nullable(count, cp),
    queuedAtMs: double(q),
    committedAt: count(ca),
    holder: nullable(holderFromTuple, ho),
    startedAtMs: nullable(double, st),
    finishedAtMs: double(fi),
    version: nullable(text, v),
    log,
  };
  switch (state) {
    case "complete":
      return { state, ...base, ...completeFrom(own) };
    case "pruned":
      return { state, ...base, step: count({ key, value: record(own)["step"] }) };
    case "failed":
      return { state, ...base, ...failureFrom(own, kept) };
    case "cancelled":
      return { state, ...base };
  }
}

type Own<State extends Trial["state"]> = Omit<Extract<Trial, { readonly state: State }>, keyof FinishedTrial>;

function completeFrom(found: Found): Own<"complete"> {
  const { key } = found;
  const { losses, constraints, metrics, attributes } = record(found);
  return {
    losses: lossesFrom({ key, value: losses }),
    ...(constraints === undefined ? {} : { constraints: numbers({ key, value: constraints }) }),
    metrics: doubles({ key, value: metrics ?? {} }),
    attributes: record({ key, value: attributes ?? {} }) as JsonObject, // `fromStored` gives nothing else
  };
}

export function lossesFrom(found: Found): Losses {
  const [first, ...rest] = numbers(found);
  if (first === undefined) throw corrupt(found.key, "a result without a loss");
  return [first, ...rest];
}

/** Null is what the scripts write for one that was lost too often. */
function failureFrom(found: Found, trial: Pick<TrialBase, "lost" | "hosts">): Own<"failed"> {
  const { key } = found;
  if (found.value === null) return { reason: "lost", message: lostMessage(trial) };
  const { reason, message } = record(found);
  return {
    reason: oneOf({ key, value: reason }, [...FAILURE_REASONS, "lost"]),
    message: text({ key, value: message }),
  };
}
