import { ATTEND } from "./attend.ts";
import { CHANGE, FIELDS, ROW, type Script, STUDY, script, TRIAL } from "./script.ts";

/**
 * A slot takes a queued trial; see `Store.claim`. ARGV from 4 on: token of the attempt, made by the claimant; its holder
 * as JSON; the host alone as JSON; the lease in milliseconds; version as JSON or ''; 1 where the study must run.
 *
 * The same token claims once: sent again, it gets the same answer.
 */
export const CLAIM: Script = script(
  "claim",
  STUDY,
  TRIAL,
  CHANGE,
  ROW,
  FIELDS,
  ATTEND,
  `
local leaseMs = tonumber(ARGV[7])
attend(leaseMs)
local t = fieldsOf(T)
if state == 'running' and t.tk == ARGV[4] then return {'claimed', row(number)} end
local held = ARGV[9] == '1' and redis.call('HGET', S, 'control') ~= 'running'
if state ~= 'queued' or held then return {'refused', state} end
change(number)
-- Of the earlier attempt's reports those stay that the checkpoint covers.
if t.r then
  local covered, last = tonumber(t.cp or '-1'), -1
  for _, step in ipairs(redis.call('HKEYS', R)) do
    if tonumber(step) > covered then redis.call('HDEL', R, step) else last = math.max(last, tonumber(step)) end
  end
  if last < 0 then redis.call('HDEL', T, 'r') else redis.call('HSET', T, 'r', text(last)) end
end
local set = {'s', 'running', 'a', text(t.a + 1), 'tk', ARGV[4], 'ho', ARGV[5], 'hn', ARGV[6], 'le', ARGV[7],
  'st', text(now), 'vd', 'continue'}
local function also(field, value)
  set[#set + 1] = field
  set[#set + 1] = value
end
if ARGV[8] ~= '' then also('v', ARGV[8]) end
if t.cp then also('rf', t.cp) end
redis.call('HSET', T, unpack(set))
redis.call('ZADD', S .. ':running', now + leaseMs, number)
return {'claimed', row(number)}
`,
);
