import { ParzenError } from "../../src/errors.ts";
import { SAMPLER_NAMES, samplerFrom } from "../../src/samplers/registry.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { type Change, changesOf } from "../../src/study/identity.ts";
import { provenanceOf } from "../../src/sweep/provenance.ts";
import { sameStore } from "../study/go-on.ts";
import { type RunNotes, readNotes } from "../study/notes.ts";
import { versionText } from "../study/version-text.ts";
import { namesSampler, samplerOf } from "../sweep/strategies.ts";
import { codeChanges } from "./code-changes.ts";
import type { RunPlan } from "./plan.ts";
import { resumeCommand } from "./resume-command.ts";

/**
 * Refuses to go on with a study that was begun with another space, relation, direction, seed or sampler.
 *
 * @throws STUDY_CHANGED with the difference and the commands that a user may choose from
 */
export async function refuseChanges(store: Store, record: StudyRecord, plan: RunPlan): Promise<void> {
  const changes = changesOf(record, given(plan, readNotes(record)));
  if (changes.length === 0) return;
  const lines = changes.map(({ what, before, after }) => `  ${what}: ${plain(before)} -> ${plain(after)}`);
  const message = `study "${record.name}" was begun with something else:\n${lines.join("\n")}`;
  const ways = [asBegun(record, plan, changes), await otherWays(store, plan)];
  if (changes.every(({ what }) => what !== "direction")) ways.push(await withResults(store, record, plan));
  const hint = ways.join("\n");
  throw new ParzenError("STUDY_CHANGED", message, { hint });
}

/**
 * Refuses to go on with other code than the workers of a study were told to run: they would serve it no more.
 *
 * @throws STUDY_CHANGED naming both versions
 */
export async function refuseOtherCode(store: Store, notes: Partial<RunNotes>, plan: RunPlan): Promise<void> {
  const { sweep, typed, flags, name } = plan;
  const { version, places } = notes;
  if (version === undefined || version === sweep.version) return;
  const lines = [
    `the objective of study "${name}" is another one than its workers run:`,
    `  accepted: ${versionText(version, places?.[version])}`,
    `  here:     ${versionText(sweep.version, provenanceOf(sweep))}`,
    ...codeChanges(notes, sweep).map((line) => `  ${line}`),
  ];
  const adopt = `to adopt it from the next trial on:   ${sameStore(flags, "accept", name, typed)}`;
  throw new ParzenError("STUDY_CHANGED", lines.join("\n"), { hint: `${adopt}\n${await otherWays(store, plan)}` });
}

/** The commands that begin anew, beside or instead of a study that exists. */
export async function otherWays(store: Store, plan: RunPlan): Promise<string> {
  const { typed, flags } = plan;
  const { from } = flags;
  const name = await freeName(store, plan);
  return [
    `to begin anew, the old study renamed: ${resumeCommand(typed, flags, { fresh: true, from })}`,
    `to take another name:                 ${resumeCommand(typed, flags, { name, from })}`,
  ].join("\n");
}

/** The command that begins another study with what this one found. */
async function withResults(store: Store, record: StudyRecord, plan: RunPlan): Promise<string> {
  const { typed, flags } = plan;
  const name = await freeName(store, plan);
  const from = [...(flags.from ?? []), record.name];
  return `to take another name and its results: ${resumeCommand(typed, flags, { name, from })}`;
}

/**
 * What this run wants a study to be. A flag of the first run outweighs what the sweep says, and a default says nothing:
 * it may be another one than when the study was begun.
 */
function given(plan: RunPlan, { overridden = [] }: Partial<RunNotes>): Parameters<typeof changesOf>[1] {
  const { sweep, seed, sampler, flags } = plan;
  const counts = (flag: "seed" | "sampler"): boolean => flags[flag] !== undefined || !overridden.includes(flag);
  const isNamed = flags.sampler !== undefined || namesSampler(sweep);
  return {
    space: sweep.source,
    where: sweep.where,
    direction: sweep.direction,
    ...(sweep.fidelity && { fidelity: sweep.fidelity }),
    ...(counts("seed") ? { seed } : {}),
    ...(counts("sampler") && isNamed ? { sampler } : {}),
  };
}

/** How to go on with the study as it is: without a flag that is too much, or with one that names what it was. */
function asBegun(record: StudyRecord, plan: RunPlan, changes: readonly Change[]): string {
  const { typed, flags, resume } = plan;
  const byFlags = changes.every(({ what }) => what === "seed" || what === "sampler");
  const sampler = samplerFlag(record, plan);
  if (!byFlags || sampler === null) return `to go on as it was begun:             undo the change, then ${resume}`;
  const seed = readNotes(record).overridden?.includes("seed") ? undefined : record.seed;
  const begun = { seed: seed === plan.sweep.seed ? undefined : seed, ...sampler };
  return `to go on as it was begun:             ${resumeCommand(typed, flags, begun)}`;
}

/** The flag that gives a study its own sampler, maybe none at all; null where no flag does. */
function samplerFlag(record: StudyRecord, { sweep }: RunPlan): { readonly sampler: string | undefined } | null {
  const fits = (sampler: Sampler): boolean => changesOf(record, { sampler }).length === 0;
  const goesUnsaid = readNotes(record).overridden?.includes("sampler") || !namesSampler(sweep);
  if (goesUnsaid || fits(samplerOf(sweep))) return { sampler: undefined };
  const { name } = record.sampler;
  return SAMPLER_NAMES.some((known) => known === name) && fits(samplerFrom({ name })) ? { sampler: name } : null;
}

async function freeName(store: Store, { name }: RunPlan): Promise<string> {
  const taken = new Set((await store.listStudies()).map((study) => study.name));
  for (let index = 2; ; index++) {
    if (!taken.has(`${name}-${index}`)) return `${name}-${index}`;
  }
}

/** One text as JSON has it; a relation may as well begin with a quote and end with one. */
const JSON_TEXT = /^"(?:[^"\\]|\\.)*"$/;

/** A text without the quotes that JSON puts around it. */
function plain(shown: string): string {
  if (shown === "nothing") return "(nothing)";
  return JSON_TEXT.test(shown) ? String(JSON.parse(shown)) : shown;
}
