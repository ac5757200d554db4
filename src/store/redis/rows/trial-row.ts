import { type Report, VERDICTS } from "../../../trial/report.ts";
import type { Trial, TrialBase } from "../../../trial/trial.ts";
import { count, type Found, holderFromTuple, json, nullable, oneOf, text, texts, time } from "./fields.ts";
import { finishedFromText } from "./finished-tuple.ts";
import { proposalFrom } from "./proposal-tuple.ts";
import { fromStored } from "./stored-json.ts";

/*
 * Trials as the scripts keep them. Of a pending one: `s` state, `p` proposal (JSON list: assignment, fidelity, origin,
 * basis, memo, plan), `ra` reservedAt, `q` queuedAtMs, `a` attempt, and where they have one `lo` lost, `er` errors, `h`
 * hosts (JSON texts with commas between), `cp` checkpoint, `r` last step reported, `rd` sequence at which reports were
 * last dropped. Of a running one also: `tk` token, `ho` holder (JSON list), `hn` its host (JSON), `le` length of its
 * lease, `st` startedAtMs, `v` version (JSON), `vd` verdict, `rf` resumedFrom. Of a finished one: `s`, `r`, and `d`, one
 * JSON list in the order of `finishedFromText`.
 */

/** Everything of a trial that is not in its log: the answer of the Lua function `row`. */
export interface TrialRow {
  readonly fields: ReadonlyMap<string, string>;
  /** End of the lease where it runs. */
  readonly lease: string;
  readonly reports: readonly Report[];
}

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
    verdict: oneOf(at("vd"), VERDICTS),
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
