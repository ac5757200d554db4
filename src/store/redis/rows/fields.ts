import { isObject } from "../../../space/object.ts";
import { CALLER_SLOT, type Holder } from "../../../trial/trial.ts";
import { corrupt, fromStored } from "./stored-json.ts";

/*
 * What the parts of a key hold, checked one by one: everything that comes from Redis passes through here.
 */

/** Something of a key, of which nothing is known yet. */
export interface Found {
  readonly key: string;
  readonly value: unknown;
}

export function text({ key, value }: Found): string {
  if (typeof value === "string") return value;
  throw corrupt(key, `${shown(value)} instead of a text`);
}

/** A whole number, as Redis keeps it: text. Or as a script's answer has it. */
export function integer({ key, value }: Found): number {
  const number = typeof value === "string" && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(number)) return number as number; // what isSafeInteger lets through is one
  throw corrupt(key, `${shown(value)} instead of a whole number`);
}

export function count(found: Found): number {
  const number = integer(found);
  if (number >= 0) return number;
  throw corrupt(found.key, `${number} instead of a count`);
}

/** Milliseconds since the epoch, as text or from JSON. */
export function time({ key, value }: Found): number {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw corrupt(key, `${shown(value)} instead of a time`);
}

export function nullable<T>(read: (found: Found) => T, { key, value }: Found): T | null {
  return value === null || value === undefined ? null : read({ key, value });
}

/** Any double: also NaN and the infinite ones. */
export function double({ key, value }: Found): number {
  if (typeof value === "number") return value;
  throw corrupt(key, `${shown(value)} instead of a number`);
}

export function list({ key, value }: Found): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw corrupt(key, `${shown(value)} instead of a list`);
}

export function record({ key, value }: Found): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw corrupt(key, `${shown(value)} instead of an object`);
}

/** An object of doubles. */
export function doubles(found: Found): Readonly<Record<string, number>> {
  const fields = record(found);
  for (const value of Object.values(fields)) double({ key: found.key, value });
  return fields as Readonly<Record<string, number>>; // the loop above looked at each
}

/** A list of doubles. */
export function numbers({ key, value }: Found): readonly number[] {
  return list({ key, value }).map((each) => double({ key, value: each }));
}

export function texts({ key, value }: Found): readonly string[] {
  return list({ key, value }).map((each) => text({ key, value: each }));
}

export function oneOf<const T extends string>({ key, value }: Found, known: readonly T[]): T {
  const found = known.find((each) => each === value);
  if (found !== undefined) return found;
  throw corrupt(key, `${shown(value)} instead of ${known.join(", ")}`);
}

/** JSON of a text. */
export function json(found: Found): Found {
  return { key: found.key, value: fromStored(text(found), found.key) };
}

/** A holder as text; equal ones are equal texts. */
export function holderToTuple({ host, pid, started, slot }: Holder): readonly [string, number, string, number] {
  return [host, pid, started, slot];
}

export function holderFromTuple({ key, value }: Found): Holder {
  const [host, pid, started, slot] = list({ key, value });
  const place = integer({ key, value: slot });
  if (place < CALLER_SLOT) throw corrupt(key, `the slot ${place}`);
  return {
    host: text({ key, value: host }),
    pid: count({ key, value: pid }),
    started: text({ key, value: started }),
    slot: place,
  };
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}
