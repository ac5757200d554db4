import { createHash } from "node:crypto";

/** A program that the server runs as one atomic step. */
export interface Script {
  /** For messages. */
  readonly name: string;
  readonly lua: string;
  readonly sha: string;
  /** Writes nothing, so that a user who may only look may run it. */
  readonly isReader: boolean;
}

export function script(name: string, ...parts: readonly string[]): Script {
  const lua = parts.join("\n");
  return { name, lua, sha: createHash("sha1").update(lua).digest("hex"), isReader: false };
}

/** A script that writes nothing. */
export function reader(name: string, ...parts: readonly string[]): Script {
  return { ...script(name, ...parts), isReader: true };
}

/**
 * What every script about a study begins with. KEYS[1] is the hash of studies, ARGV[1] the study's name, ARGV[2] the
 * time in milliseconds; empty for the server's own clock. Other keys are made from the first: they carry the same hash
 * tag, so on a Cluster they are in the same slot.
 *
 * Numbers that are doubles are never read here: they pass as text. Only integers are: numbers, steps, sequences, times.
 */
export const STUDY = `
local id = redis.call('HGET', KEYS[1], ARGV[1])
if not id then return {'study'} end
-- '{prefix}:studies' becomes '{prefix}:s:<id>'.
local S = string.sub(KEYS[1], 1, -7) .. ':' .. id
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function text(number) return string.format('%.0f', number) end
`;

/** Everything about one trial: ARGV[3] is its number. */
export const TRIAL = `
local number = ARGV[3]
local T = S .. ':t:' .. number
local R = S .. ':r:' .. number
local state = redis.call('HGET', T, 's')
if not state then return {'trial'} end
`;

/**
 * Counting and announcing changes; see `Store.snapshot` and `Store.watch`. What is announced says whether trials only
 * began. Who may not publish may still write.
 */
export const CHANGE = `
local function change(number)
  local sequence = redis.call('HINCRBY', S, 'sequence', 1)
  redis.call('ZADD', S .. ':changes', sequence, number)
  return sequence
end
local function announce(hint) redis.pcall('PUBLISH', S .. ':changed', hint or '') end
`;

/**
 * A trial as an answer: its key, then fields, end of its lease or '', reports as step, value, step, value ... Of a trial
 * that has ended without a report there are only its state and its document, which is what most of a study is.
 */
export const ROW = `
local function row(number)
  local key = S .. ':t:' .. number
  local ended = redis.call('HMGET', key, 's', 'd', 'r')
  if ended[2] and not ended[3] then return {key, ended[1], ended[2]} end
  local lease = ended[1] == 'running' and redis.call('ZSCORE', S .. ':running', number) or ''
  return {key, redis.call('HGETALL', key), lease, ended[3] and redis.call('HGETALL', S .. ':r:' .. number) or {}}
end
`;

/** A pending trial's fields as a table. */
export const FIELDS = `
local function fieldsOf(key)
  local flat, fields = redis.call('HGETALL', key), {}
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end
`;
