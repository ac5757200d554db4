import { deepStrictEqual, ok } from "node:assert/strict";
import { allowsAll, type Proposal, type ProposalRequest, type Sampler } from "../../samplers/sampler.ts";
import { type Assignment, isActive } from "../../space/assignment.ts";
import type { CompiledSpace } from "../../space/compile.ts";
import { isInside } from "../../space/values.ts";
import { type Check, deepFreeze } from "../check.ts";
import { requestOf, StudyHistory } from "./history.ts";
import { FINITE_SIZE, finite, RELATIONS, SPACES } from "./spaces.ts";

/** A fresh instance at every call, all of them alike. */
export type MakeSampler = () => Sampler;

/** One law of the sampler port. A sampler may be excused from those that nothing is tried twice. */
export type SamplerCheck = Check<Sampler>;

/** Longer than the usual start-up, so that models are asked too. */
const TRIALS = 45;
const MEMO_LIMIT = 4096;

/** The laws that every sampler keeps. */
export const SAMPLER_CHECKS: readonly SamplerCheck[] = [
  { name: "has a name, a version and options that survive JSON", run: checkIdentity },
  { name: "stays inside the bounds", run: checkBounds },
  { name: "assigns exactly the active dimensions", run: checkActivation },
  { name: "leaves the request as it was", run: checkRequestUnharmed },
  { name: "same request, same proposal", run: checkDeterminism },
  { name: "long-lived equals fresh at every step", run: checkMemory },
  { name: "proposes only what is allowed", run: checkAllowed },
  { name: "leaves a memo of at most 4 kB", run: checkMemo },
  { name: "tries no configuration twice", isExcusable: true, run: checkNovelty },
  { name: "ends a finite space when it is exhausted", isExcusable: true, run: checkExhaustion },
];

function checkIdentity(make: MakeSampler): void {
  const { name, version, options } = make();
  ok(name.length > 0 && Number.isSafeInteger(version), `name ${name}, version ${version}`);
  deepStrictEqual(JSON.parse(JSON.stringify(options)), options);
  deepStrictEqual(make().options, options);
}

function checkBounds(make: MakeSampler): void {
  for (const [label, space] of Object.entries(SPACES)) {
    for (const assignment of pastOf(space, make).proposed) {
      for (const { path, distribution } of space.dimensions) {
        const value = assignment[path];
        if (value !== undefined) ok(isInside(distribution, value), `${label}: ${path} is ${value}`);
      }
    }
  }
}

function checkActivation(make: MakeSampler): void {
  for (const [label, space] of Object.entries(SPACES)) {
    for (const assignment of pastOf(space, make).proposed) {
      const active = space.dimensions.filter((dimension) => isActive(space, dimension, assignment));
      deepStrictEqual(Object.keys(assignment).sort(), active.map(({ path }) => path).sort(), label);
    }
  }
}

function checkRequestUnharmed(make: MakeSampler): void {
  for (const space of Object.values(SPACES)) {
    const { history } = pastOf(space, make);
    const request = history.next();
    const before = structuredClone({ ...dataOf(request) });
    deepFreeze(dataOf(request));
    make().propose(request);
    deepStrictEqual({ ...dataOf(request) }, before);
  }
}

function checkDeterminism(make: MakeSampler): void {
  for (const space of Object.values(SPACES)) {
    const { history } = pastOf(space, make);
    const sampler = make();
    const first = sampler.propose(history.next());
    const others = structuredClone(history.next().observations).filter((_, index) => index % 3 !== 1);
    sampler.propose(requestOf({ space, trialNumber: 99, observations: others }));
    deepStrictEqual(sampler.propose(history.next()), first, "asked again after another study");
    deepStrictEqual(make().propose(history.next()), first, "another instance");
  }
}

function checkMemory(make: MakeSampler): void {
  for (const space of Object.values(SPACES)) {
    const history = beginning(space, make);
    for (const [trial, proposal] of pastOf(space, make).proposals.entries()) {
      const request = history.next();
      const readAnew = { ...request, ...structuredClone(dataOf(request)) };
      deepStrictEqual(make().propose(readAnew), proposal, `trial ${trial}`);
      if (proposal.kind === "try") history.add(proposal.assignment, proposal.memo ?? null);
    }
  }
}

function checkAllowed(make: MakeSampler): void {
  for (const [label, space] of Object.entries(SPACES)) {
    const isAllowed = RELATIONS[label] ?? allowsAll;
    const [history, sampler] = [new StudyHistory(space), make()];
    for (let trial = 0; trial < TRIALS; trial++) {
      const proposal = sampler.propose(history.next(isAllowed));
      // Each would take twice the time, and finds little that "long-lived equals fresh" does not.
      if (trial % 4 === 3) {
        deepStrictEqual(make().propose(history.next(isAllowed)), proposal, `${label}: a fresh one, trial ${trial}`);
      }
      if (proposal.kind === "exhausted") break;
      ok(isAllowed(proposal.assignment), `${label}: ${JSON.stringify(proposal.assignment)}`);
      history.add(proposal.assignment, proposal.memo ?? null);
    }
    ok(history.length > 0, `${label} never began`);
  }
  deepStrictEqual(make().propose(requestOf({ space: finite, isAllowed: () => false })), { kind: "exhausted" });
}

function checkMemo(make: MakeSampler): void {
  for (const space of Object.values(SPACES)) {
    const proposal: Proposal = make().propose(pastOf(space, make).history.next());
    if (proposal.kind === "exhausted") continue;
    const text = JSON.stringify(proposal.memo ?? null);
    ok(text.length <= MEMO_LIMIT, `memo of ${text.length} characters`);
    deepStrictEqual(JSON.parse(text), proposal.memo ?? null);
  }
}

function checkNovelty(make: MakeSampler): void {
  for (const [label, space] of Object.entries(SPACES)) {
    const proposed = pastOf(space, make).proposed.map((assignment) => JSON.stringify(assignment));
    deepStrictEqual(new Set(proposed).size, proposed.length, label);
    ok(space === finite || proposed.length === TRIALS, `${label} ended after ${proposed.length}`);
  }
}

function checkExhaustion(make: MakeSampler): void {
  deepStrictEqual(new StudyHistory(finite).run(make(), TRIALS).length, FINITE_SIZE);
  deepStrictEqual(new StudyHistory(finite).run(make(), TRIALS, RELATIONS["finite"]).length, FINITE_SIZE / 2 + 1);
}

interface Past {
  readonly history: StudyHistory;
  /** Of one instance, by trial; the end of a space too. */
  readonly proposals: readonly Proposal[];
  /** By trial. */
  readonly proposed: readonly Assignment[];
}

const pasts = new WeakMap<MakeSampler, Map<CompiledSpace, Past>>();

/** A study of so many trials, made once for all checks: they leave it as it is. */
function pastOf(space: CompiledSpace, make: MakeSampler): Past {
  const known = pasts.get(make) ?? new Map<CompiledSpace, Past>();
  pasts.set(make, known);
  const past = known.get(space) ?? lived(space, make);
  known.set(space, past);
  return past;
}

function lived(space: CompiledSpace, make: MakeSampler): Past {
  const [history, sampler] = [beginning(space, make), make()];
  const proposals: Proposal[] = [];
  const propose: Sampler["propose"] = (request) => {
    const proposal = sampler.propose(request);
    proposals.push(proposal);
    return proposal;
  };
  return { history, proposals, proposed: history.run({ propose }, TRIALS) };
}

/** A study before its first trial, with two results of another one that has the same space. */
function beginning(space: CompiledSpace, make: MakeSampler): StudyHistory {
  const history = new StudyHistory(space);
  for (const trialNumber of [1000, 1001]) {
    const proposal = make().propose(requestOf({ space, trialNumber }));
    if (proposal.kind === "try") history.import(proposal.assignment);
  }
  return history;
}

type RequestData = Pick<ProposalRequest, "observations" | "pending" | "plan" | "memo">;

function dataOf({ observations, pending, plan, memo }: ProposalRequest): RequestData {
  return { observations, pending, plan, memo };
}
