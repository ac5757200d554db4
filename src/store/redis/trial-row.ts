import type { Assignment } from "../../space/assignment.ts";
import type { Json, JsonObject } from "../../trial/json.ts";
import type { Losses } from "../../trial/outcome.ts";
import type { Report } from "../../trial/report.ts";
import { lostMessage } from "../../trial/settle.ts";
import type { FinishedTrial, RunningReport, Trial, TrialBase, TrialPlan } from "../../trial/trial.ts";
import {
  count,
  double,
  doubles,
  type Found,
  holderFromTuple,
  json,
  list,
  nullable,
  oneOf,
  record,
  text,
  texts,
  time,
} from "./fields.ts";
import { corrupt, fromStored } from "./stored-json.ts";

/*
 * Trials as the scripts keep them. Of a pending one: `s` state, `p` proposal (JSON list: assignment, fidelity, origin,
 * basis, memo, plan), `ra` reservedAt, `q` queuedAtMs, `a` attempt, and where they have one `lo` lost, `er` errors, `h`
 * hosts (JSON texts with commas between), `cp` checkpoint, `r` last step reported. Of a running one also: `tk` token,
 * `ho` holder (JSON list), `hn` its host (JSON), `le` length of its lease, `st` startedAtMs, `v` version (JSON), `vd`
 * verdict, `rf` resumedFrom. Of a finished one: `s`, `r`, and `d`, one JSON list in the order of `finishedFromText`.
 */

/** Everything of a trial that is not in its log: the answer of the Lua function `row`. */
export interface TrialRow {
  readonly fields: ReadonlyMap<string, string>;
  /** End of the lease where it runs. */
  readonly lease: string;
  readonly reports: readonly Report[];
}

type Proposal = Pick<Trial, "assignment" | "fidelity" | "origin" | "basis" | "memo" | "plan">;

/** @param log of a finished trial; '' where nobody asked for it */
export function trialFromRow(key: string, number: number, row: TrialRow, log: string): Trial {
  const { fields, reports } = row;
  const state = oneOf({ key, value: fields.get("s") }, STATES);
  if (state === "queued") return { state, ...pendingBase(key, number, fields), reports };
  if (state !== "running") return finishedFromText({ key, value: fields.get("d") }, { state, number, reports, log });
  const at = (name: string): Found => ({ key, value: fields.get(name) });
  return {
    state,
    ...pendingBase(key, number, fields),
    reports,
    holder: holderFromTuple(json(at("ho"))),
    startedAtMs: time(at("st")),
    version: nullable((found) => text(json(found)), at("v")),
    verdict: oneOf(at("vd"), ["continue", "prune", "cancel"]),
    resumedFrom: nullable(count, at("rf")),
    leaseUntilMs: time({ key, value: row.lease }),
  };
}

const STATES = ["queued", "running", "complete", "pruned", "failed", "cancelled"] as const;

function pendingBase(key: string, number: number, fields: TrialRow["fields"]): Omit<TrialBase, "reports"> {
  const at = (name: string): Found => ({ key, value: fields.get(name) });
  const amount = (name: string): number => nullable(count, at(name)) ?? 0;
  return {
    number,
    ...proposalFrom(json(at("p"))),
    reservedAt: count(at("ra")),
    attempt: count(at("a")),
    lost: amount("lo"),
    errors: amount("er"),
    hosts: texts({ key, value: fromStored(`[${fields.get("h") ?? ""}]`, key) }),
    checkpoint: nullable(count, at("cp")),
    queuedAtMs: time(at("q")),
  };
}

function proposalFrom(found: Found): Proposal {
  const { key } = found;
  const [assignment, fidelity, origin, basis, memo, plan] = list(found);
  return {
    assignment: assignmentFrom({ key, value: assignment }),
    ...(fidelity === null ? {} : { fidelity: double({ key, value: fidelity }) }),
    origin: oneOf({ key, value: origin }, ["sampler", "enqueued", "asked"]),
    basis: count({ key, value: basis }),
    memo: memo as Json, // `fromStored` gives nothing else
    plan: nullable(planFrom, { key, value: plan }),
  };
}

function planFrom({ key, value }: Found): TrialPlan {
  const [maxTrials, parallelism, running] = list({ key, value });
  const plan = {
    maxTrials: nullable(double, { key, value: maxTrials }),
    parallelism: double({ key, value: parallelism }),
  };
  if (running === undefined) return plan;
  return { ...plan, running: list({ key, value: running }).map((report) => runningFrom({ key, value: report })) };
}

function runningFrom({ key, value }: Found): RunningReport {
  const [number, step, last] = list({ key, value });
  return {
    number: count({ key, value: number }),
    step: count({ key, value: step }),
    value: double({ key, value: last }),
  };
}

export function assignmentFrom(found: Found): Assignment {
  const assignment = doubles(found);
  if (Object.values(assignment).every(Number.isFinite)) return assignment;
  throw corrupt(found.key, "an assignment with a number that is not finite");
}

interface Ended {
  readonly state: FinishedTrial["state"];
  readonly number: number;
  readonly reports: readonly Report[];
  readonly log: string;
}

function finishedFromText(found: Found, { state, number, reports, log }: Ended): Trial {
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

export function numbers({ key, value }: Found): readonly number[] {
  return list({ key, value }).map((each) => double({ key, value: each }));
}

const REASONS = ["error", "timeout", "memory", "crash", "invalid", "lost"] as const;

/** Null is what the scripts write for one that was lost too often. */
function failureFrom(found: Found, trial: Pick<TrialBase, "lost" | "hosts">): Own<"failed"> {
  const { key } = found;
  if (found.value === null) return { reason: "lost", message: lostMessage(trial) };
  const { reason, message } = record(found);
  return { reason: oneOf({ key, value: reason }, REASONS), message: text({ key, value: message }) };
}
