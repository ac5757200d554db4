import { FENCED } from "./attempt.ts";
import { ATTEND } from "./attend.ts";
import { CHANGE, FIELDS, ROW, type Script, STUDY, script, TRIAL } from "./script.ts";
import { SETTLE } from "./settle.ts";

/**
 * Ends an attempt; see `Store.commit`. ARGV from 6 on: 1 where the lease must have ended; the kind of the outcome, what
 * it adds as JSON, its step, its reason, 1 where the machine was at fault; the log, deflated, or ''.
 */
export const COMMIT: Script = script(
  "commit",
  STUDY,
  TRIAL,
  CHANGE,
  ROW,
  FIELDS,
  ATTEND,
  FENCED,
  SETTLE,
  `
attend()
if not fenced() then return {'ignored'} end
if ARGV[6] == '1' and tonumber(redis.call('ZSCORE', S .. ':running', number)) > now then return {'ignored'} end
local outcome = {kind = ARGV[7], own = ARGV[8], step = ARGV[9], reason = ARGV[10], machine = ARGV[11]}
if settle(fieldsOf(T), outcome) ~= 'queued' and ARGV[12] ~= '' then
  redis.call('SET', S .. ':l:' .. number, ARGV[12])
end
announce()
return {'committed', row(number)}
`,
);

/** Sets a running trial's verdict, which only becomes graver, and ends a queued one. ARGV[4]: the verdict. */
export const JUDGE: Script = script(
  "judge",
  STUDY,
  TRIAL,
  CHANGE,
  FIELDS,
  SETTLE,
  `
local severity = {continue = 0, prune = 1, cancel = 2}
if state == 'queued' and ARGV[4] == 'cancel' then
  settle(fieldsOf(T), {kind = 'cancelled'})
  announce()
end
if state == 'running' and severity[ARGV[4]] > severity[redis.call('HGET', T, 'vd')] then
  change(number)
  redis.call('HSET', T, 'vd', ARGV[4])
  announce()
end
return {'judged'}
`,
);
