import { ATTEND } from "./attend.ts";
import { CHANGE, type Script, STUDY, script, TRIAL } from "./script.ts";

/**
 * Whether the caller speaks for the attempt that runs: ARGV[4] is the attempt, ARGV[5] its token after a '=', or '' for
 * none. Gives the verdict, or nothing where the caller is stale.
 */
export const FENCED = `
local function fenced()
  local t = redis.call('HMGET', T, 'a', 'tk', 'vd')
  if state ~= 'running' or t[1] ~= ARGV[4] then return nil end
  if ARGV[5] ~= '' and ARGV[5] ~= (t[2] and '=' .. t[2]) then return nil end
  return t[3]
end
`;

/** What a call for an attempt begins with. */
const BEGIN = [STUDY, TRIAL, CHANGE, ATTEND, FENCED];

/** Prolongs a lease; see `Store.renew`. ARGV[6]: its length in milliseconds. */
export const RENEW: Script = script(
  "renew",
  ...BEGIN,
  `
local leaseMs = tonumber(ARGV[6])
attend(leaseMs)
local verdict = fenced()
if not verdict then return {'stale'} end
local ends = now + leaseMs
if tonumber(redis.call('ZSCORE', S .. ':running', number)) ~= ends then
  change(number)
  redis.call('ZADD', S .. ':running', ends, number)
  redis.call('HSET', T, 'le', ARGV[6])
end
return {verdict}
`,
);

/** Keeps a report by its step, and the last step in the trial (`r`). ARGV from 6 on: step, value as JSON. */
export const REPORT: Script = script(
  "report",
  ...BEGIN,
  `
attend()
local verdict = fenced()
if not verdict then return {'stale'} end
if redis.call('HSETNX', R, ARGV[6], ARGV[7]) == 1 then
  change(number)
  local last = redis.call('HGET', T, 'r')
  if not last or tonumber(last) < tonumber(ARGV[6]) then redis.call('HSET', T, 'r', ARGV[6]) end
  announce()
end
return {verdict}
`,
);

/** Notes how far the trial's files go; see `Store.checkpoint`. ARGV[6]: the step. */
export const CHECKPOINT: Script = script(
  "checkpoint",
  ...BEGIN,
  `
attend()
local verdict = fenced()
if not verdict then return {'stale'} end
if tonumber(ARGV[6]) > tonumber(redis.call('HGET', T, 'cp') or '-1') then
  change(number)
  redis.call('HSET', T, 'cp', ARGV[6])
end
return {verdict}
`,
);
