import type { Json } from "../../trial/json.ts";
import type { Report, Verdict } from "../../trial/report.ts";
import type { Holder, QueuedTrial, RunningTrial, Trial } from "../../trial/trial.ts";
import { fromExactJson, toExactJson } from "../exact-json.ts";
import { frozenCopy } from "../frozen-copy.ts";
import type {
  AttemptResult,
  Claim,
  Claimed,
  Committed,
  Fence,
  LeadOptions,
  Led,
  Reservation,
  Reserved,
} from "../store.ts";
import { count, list, time } from "./rows/fields.ts";
import { deflateLog } from "./rows/log.ts";
import {
  claimArgs,
  duration,
  fenceArgs,
  holderText,
  outcomeArgs,
  reportsText,
  reservationArgs,
} from "./rows/script-arguments.ts";
import { corrupt } from "./rows/stored-json.ts";
import { driverFrom } from "./rows/study-row.ts";
import { trialFromAnswer } from "./rows/trial-answer.ts";
import { CHECKPOINT, RENEW, REPORT } from "./scripts/attempt.ts";
import { CLAIM } from "./scripts/claim.ts";
import { COMMIT, JUDGE } from "./scripts/end.ts";
import { LEAD, RESIGN } from "./scripts/lead.ts";
import { RESERVE } from "./scripts/reserve.ts";
import type { Answer } from "./server/server.ts";
import type { StudyCalls } from "./server/study-calls.ts";
import { Unanswered } from "./server/unanswered.ts";

/** The methods of the port that drivers and workers call all the time: each is one script. */
export class TrialLife {
  readonly #calls: StudyCalls;
  readonly #unanswered = new Unanswered();

  constructor(calls: StudyCalls) {
    this.#calls = calls;
  }

  async reserveAll(name: string, reservations: readonly Reservation[]): Promise<readonly Reserved[]> {
    const args = reservations.flatMap(reservationArgs);
    return this.#unanswered.with(JSON.stringify(["reserve", name, ...args]), async (id) => {
      const [, ...answers] = await this.#calls.ofStudy(RESERVE, name, id, ...args);
      return reservations.slice(0, answers.length).map((given, at) => this.#reserved(given, answers[at]));
    });
  }

  #reserved(reservation: Reservation, answer: unknown): Reserved {
    const key = this.#calls.keys.studies;
    const [kind, ...given] = list({ key, value: answer });
    switch (kind) {
      case "reserved":
        return { kind, trial: reservedTrial(key, reservation, given) };
      case "known":
        return { kind: "reserved", trial: trialFromAnswer(given[0]) };
      case "conflict":
      case "spent":
      case "deposed":
      case "full":
        return { kind };
      default:
        throw corrupt(key, `what a script answers with ${String(kind)}`);
    }
  }

  async claim(name: string, number: number, claim: Claim): Promise<Claimed> {
    const args = claimArgs(claim);
    return this.#unanswered.with(JSON.stringify(["claim", name, number, ...args]), async (token) => {
      const [kind, given, row] = await this.#calls.ofTrial(CLAIM, name, number, token, ...args);
      // What only the scripts write: a state.
      if (kind === "refused") return { kind, state: given as Trial["state"] };
      const trial = trialFromAnswer(row) as RunningTrial; // the script made it running
      return { kind: "claimed", trial, token, ...limitFrom(this.#calls.keys.studies, given) };
    });
  }

  async renew(name: string, number: number, fence: Fence, leaseMs: number): Promise<Verdict | "stale"> {
    return verdictOf(await this.#calls.ofTrial(RENEW, name, number, ...fenceArgs(fence), duration(leaseMs)));
  }

  async report(name: string, number: number, fence: Fence, reports: readonly Report[]): Promise<Verdict | "stale"> {
    return verdictOf(await this.#calls.ofTrial(REPORT, name, number, ...fenceArgs(fence), reportsText(reports)));
  }

  async checkpoint(name: string, number: number, fence: Fence, step: number): Promise<Verdict | "stale"> {
    return verdictOf(await this.#calls.ofTrial(CHECKPOINT, name, number, ...fenceArgs(fence), String(step)));
  }

  async judge(name: string, number: number, verdict: Verdict): Promise<void> {
    await this.#calls.ofTrial(JUDGE, name, number, verdict);
  }

  async commit(name: string, number: number, fence: Fence, { outcome, log }: AttemptResult): Promise<Committed> {
    const ifExpired = fence.ifExpired === true ? "1" : "";
    const args = [...fenceArgs(fence), ifExpired, ...outcomeArgs(outcome), log === "" ? "" : await deflateLog(log)];
    const [kind, row] = await this.#calls.ofTrial(COMMIT, name, number, ...args);
    return kind === "committed" ? { kind, trial: trialFromAnswer(row, { log }) } : { kind: "ignored" };
  }

  async lead(name: string, holder: Holder, { leaseMs, slots, takeFrom }: LeadOptions): Promise<Led> {
    const dead = takeFrom === undefined ? "" : holderText(takeFrom);
    const args = [holderText(holder), duration(leaseMs), String(slots), dead];
    const [kind, ...seat] = await this.#calls.ofStudy(LEAD, name, ...args);
    const by = kind === "led" ? driverFrom(this.#calls.keys.studies, seat) : null;
    return by === null ? { kind: "leading" } : { kind: "led", by };
  }

  async resign(name: string, holder: Holder): Promise<void> {
    await this.#calls.ofStudy(RESIGN, name, holderText(holder));
  }
}

/** A trial's time limit: '' is none, null is of a study whose writer did not keep it there. */
function limitFrom(key: string, value: unknown): Pick<Extract<Claimed, { kind: "claimed" }>, "trialTimeoutMs"> {
  if (value === null) return {};
  return { trialTimeoutMs: value === "" ? null : time({ key, value }) };
}

/** What a reservation has become: the script tells what the caller does not know. */
function reservedTrial(key: string, reservation: Reservation, given: readonly unknown[]): QueuedTrial {
  const { assignment, fidelity, origin, basis, memo, plan = null } = reservation;
  const [number, reservedAt, queuedAtMs] = given;
  return {
    state: "queued",
    number: count({ key, value: number }),
    assignment: { ...assignment },
    ...(fidelity === undefined ? {} : { fidelity }),
    origin,
    basis,
    memo: memo === null ? null : (fromExactJson(toExactJson(memo)) as Json), // of what is JSON
    plan: frozenCopy(plan),
    reservedAt: count({ key, value: reservedAt }),
    attempt: 0,
    lost: 0,
    errors: 0,
    hosts: [],
    checkpoint: null,
    queuedAtMs: time({ key, value: queuedAtMs }),
    reports: [],
  };
}

/** The scripts only give one of these. */
function verdictOf([kind]: Answer): Verdict | "stale" {
  return kind as Verdict | "stale";
}
