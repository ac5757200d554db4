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

/**
 * The trial that is spoken of: its number, its keys, its fields as a table and flat. `open` is false where the study has
 * none of that number.
 */
const TRIAL = `
local number, T, R, t, flat
local function open(given)
  number = given
  T, R = S .. ':t:' .. number, S .. ':r:' .. number
  t, flat = {}, redis.call('HGETALL', T)
  for i = 1, #flat, 2 do t[flat[i]] = flat[i + 1] end
  return t.s
end
`;

/**
 * A script that makes several calls about trials of one study, each of them whole. ARGV from 3 on: what each call is
 * given, one behind the other, its trial's number first.
 */
export interface TrialScript extends Script {
  /** How many arguments a call has. */
  readonly width: number;
}

/**
 * @param body defines the function `one`, which makes one call: its parameters are the call's arguments but the first,
 *   and it gives the answer. What it throws is the answer to that call alone.
 * @param after what comes once, behind the last call
 */
export function trialScript(
  name: string,
  { width, parts, body, after = "" }: { width: number; parts: readonly string[]; body: string; after?: string },
): TrialScript {
  const each = `
local answers = {'answers'}
for at = 3, #ARGV, ${width} do
  local ok, answer = pcall(function()
    if not open(ARGV[at]) then return {'trial'} end
    return one(unpack(ARGV, at + 1, at + ${width - 1}))
  end)
  if not ok then answer = {'error', type(answer) == 'table' and answer.err or tostring(answer)} end
  answers[#answers + 1] = answer
end
noteChanges()
${after}
return answers`;
  return { ...script(name, STUDY, CHANGE, TRIAL, ...parts, body, each), width };
}

/**
 * Counting and announcing changes; see `Store.snapshot` and `Store.watch`. They are written together, by `noteChanges`,
 * which a script calls before it ends. What is announced says whether trials only began. Who may not publish may still
 * write.
 */
export const CHANGE = `
local sequence, changes
local function change(number)
  if not changes then sequence, changes = tonumber(redis.call('HGET', S, 'sequence')), {} end
  sequence = sequence + 1
  changes[#changes + 1], changes[#changes + 2] = sequence, number
  return sequence
end
local function noteChanges()
  if not changes then return end
  redis.call('HSET', S, 'sequence', text(sequence))
  for first = 1, #changes, 1000 do
    redis.call('ZADD', S .. ':changes', unpack(changes, first, math.min(first + 999, #changes)))
  end
  changes = nil
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

/**
 * The same for a reader that knows earlier reports of running trials, which it says in ARGV[6], the id of their study, and
 * ARGV[7]; see `KnownReports`. Of such a trial only the reports are given that came since, with a 1 behind them.
 *
 * Which ones these are, no key tells. But reports mostly come in even steps, and those that the reader knows are still there
 * unless some were dropped: so where as many were added as there are even steps up to the last one, and each of these is
 * there, it is these. Else all are given.
 */
export const GROWN_ROW = `
local known = {}
if ARGV[6] == id then
  for _, each in ipairs(cjson.decode(ARGV[7])) do known[text(each[1])] = each end
end
local function addedTo(number, sequence, count, last, distance)
  local state, newest, dropped = unpack(redis.call('HMGET', S .. ':t:' .. number, 's', 'r', 'rd'))
  if state ~= 'running' or not newest or tonumber(dropped or '-1') > sequence then return nil end
  local R, steps = S .. ':r:' .. number, {}
  local added = redis.call('HLEN', R) - count
  if added == 0 then return {} end
  if added > 1000 or last + added * distance ~= tonumber(newest) then return nil end
  for at = 1, added do steps[at] = text(last + at * distance) end
  local values, flat = redis.call('HMGET', R, unpack(steps)), {}
  for at = 1, added do
    if not values[at] then return nil end
    flat[2 * at - 1], flat[2 * at] = steps[at], values[at]
  end
  return flat
end
local function grownRow(number)
  local added = known[number] and addedTo(unpack(known[number]))
  if not added then return row(number) end
  local key = S .. ':t:' .. number
  return {key, redis.call('HGETALL', key), redis.call('ZSCORE', S .. ':running', number), added, 1}
end
`;

/** Drops the trial's reports after a step, those that its checkpoint does not cover, and notes the change that did. */
export const COVERED = `
local function dropAfter(covered)
  if not t.r then return end
  redis.call('HSET', T, 'rd', text(sequence))
  local last = -1
  for _, step in ipairs(redis.call('HKEYS', R)) do
    if tonumber(step) > covered then redis.call('HDEL', R, step) else last = math.max(last, tonumber(step)) end
  end
  if last < 0 then redis.call('HDEL', T, 'r') else redis.call('HSET', T, 'r', text(last)) end
end
`;
