import { compileSpace } from "../../src/space/compile.ts";
import { isNodeKind } from "../../src/space/node.ts";
import { isObject } from "../../src/space/object.ts";
import { checkedSweep } from "../../src/sweep/checked-sweep.ts";
import type { SweepSource } from "../../src/sweep/source.ts";
import { keysOfPath } from "../../src/sweep/space-keys.ts";
import { SweepError } from "../../src/sweep/sweep-error.ts";
import { readDefinition } from "./definition.ts";

type Definition = { readonly [key: string]: unknown };

/** How many faults of a file are told: a file of data that is taken for a sweep may have any number. */
const MAX_FAULTS = 20;

/**
 * The faults of a sweep file, by line. Loading stops at the first one; here each is replaced by something right, so
 * that the next one shows. What follows from an earlier fault is not told.
 *
 * @param file absolute
 * @param first the fault that loading found
 */
export async function allFaults(file: string, first: SweepError): Promise<readonly SweepError[]> {
  const read = await readDefinition(file).catch(() => null); // it does not even parse or run: that is `first`
  if (read === null) return [first];
  const faults = await faultsOf(read.definition, read.source);
  const all = faults.some(({ message }) => message === first.message) ? faults : [first, ...faults];
  const sorted = all.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0));
  if (faults.length < MAX_FAULTS) return sorted;
  const expected = "it may have more faults, which show once these are mended";
  return [...sorted, new SweepError({ file: first.file, path: "", expected })];
}

/** Faults as they are told behind `error: `: each message, and on a line of its own its hint, unless it came before. */
export function faultsText(faults: readonly SweepError[]): string {
  const hints = faults.map(({ hint }) => hint);
  const texts = faults.map(({ message, hint }, index) => {
    return hint === undefined || hints.indexOf(hint) < index ? message : `${message}\n  ${hint}`;
  });
  return texts.join("\nerror: ");
}

async function faultsOf(definition: unknown, source: SweepSource): Promise<readonly SweepError[]> {
  const faults: SweepError[] = [];
  let current: unknown = definition;
  while (faults.length < MAX_FAULTS) {
    const fault = await firstFault(current, source);
    if (fault === null || faults.some(({ message }) => message === fault.message)) return faults;
    faults.push(await withoutStandIns(fault, current, source));
    if (!isObject(current)) return faults;
    current = repaired(current, fault.path);
  }
  return faults;
}

async function firstFault(definition: unknown, source: SweepSource): Promise<SweepError | null> {
  try {
    await checkedSweep(definition, source, "sweep");
    return null;
  } catch (error) {
    if (error instanceof SweepError) return error;
    throw error;
  }
}

const STAND_IN = { uniform: [0, 1] };
const STAND_IN_FIDELITY = { name: "budget", min: 1, max: 2 };

/** The definition with something right at `path`; what depends on it goes with it. */
function repaired(definition: Definition, path: string): Definition {
  const [key = "", ...below] = path.split(".");
  if (key === "space" || (key === "" && definition["space"] === undefined)) {
    const { defaults: _, where: __, ...others } = withCommand(definition);
    return { ...others, space: repairedSpace(definition["space"], below.join(".")) };
  }
  const list = definition[key];
  if (key === "where" && below.length > 0 && Array.isArray(list)) {
    const others = list.with(Number(below[0]), relationThatHolds(definition["space"]));
    return { ...definition, where: others };
  }
  if (key === "command" && below.length > 0 && Array.isArray(list)) {
    return { ...definition, command: list.with(Number(below[0]), "true") };
  }
  if (key === "fidelity") return { ...definition, fidelity: STAND_IN_FIDELITY };
  if (key === "" || key === "command" || key === "objective") return withCommand(definition);
  return Object.fromEntries(Object.entries(definition).filter(([name]) => name !== key));
}

/** A fault of all relations together names each of them: then only those of the sweep itself are asked. */
async function withoutStandIns(fault: SweepError, definition: unknown, source: SweepSource): Promise<SweepError> {
  if (fault.path !== "where" || !isObject(definition)) return fault;
  const { where } = definition;
  if (!Array.isArray(where) || !where.every((text) => typeof text === "string")) return fault; // its space may be wrong too
  const standIn = relationThatHolds(definition["space"]);
  const own = where.filter((text) => text !== standIn);
  return (await firstFault({ ...definition, where: own }, source)) ?? fault;
}

/** In the place of a wrong relation, so that those after it keep their numbers. The space is sound by then. */
function relationThatHolds(space: unknown): string {
  const name = `\`${compileSpace(space).dimensions[0]?.path}\``;
  return `${name} == ${name}`;
}

/** With an objective that cannot be wrong, whatever the space is. */
function withCommand({ objective: _, ...others }: Definition): Definition {
  return { ...others, command: ["true"] };
}

/** The space with one sound node at `path`, or of one sound node where the path leads nowhere. */
function repairedSpace(space: unknown, path: string): unknown {
  const keys = path === "" ? [] : keysOfPath(space, path);
  const repaired = keys.length === 0 ? null : replaced(space, keys);
  return repaired === null || repaired === STAND_IN ? { x: STAND_IN } : repaired;
}

/** A copy with the stand-in at `keys`; null where there is nothing. */
function replaced(value: unknown, keys: readonly string[]): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return STAND_IN;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
  const { [key]: wrong, ...others } = value as Definition; // it has the key
  const inner = replaced(wrong, rest);
  if (inner === null) return null;
  if (Array.isArray(value)) return value.with(Number(key), inner);
  if (rest.length > 0 || mayBeParam(key)) return { ...value, [key]: inner };
  const isOneOfTwoNodes = isNodeKind(key) && Object.keys(others).some(isNodeKind);
  return isOneOfTwoNodes ? STAND_IN : { ...others, standIn: inner };
}

/** Whether a space may have the key; else it is the key that is wrong. */
function mayBeParam(key: string): boolean {
  return key !== "" && key !== "__proto__" && !key.includes(".") && !isNodeKind(key);
}
