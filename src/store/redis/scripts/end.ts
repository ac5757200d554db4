import { FENCED } from "./attempt.ts";
import { ATTEND } from "./attend.ts";
import { ROW, type TrialScript, trialScript } from "./script.ts";
import { SETTLE } from "./settle.ts";

/**
 * Ends an attempt; see `Store.commit`. Each: number; attempt; token; 1 where the lease must have ended; the kind of the
 * outcome, what it adds as JSON, its step, its reason, 1 where the machine was at fault; the log, deflated, or ''.
 */
export const COMMIT: TrialScript = trialScript("commit", {
  width: 10,
  parts: [ROW, ATTEND, FENCED, SETTLE],
  body: `
attend()
local isNews
local function one(attempt, token, ifExpired, kind, own, step, reason, machine, log)
  if not fenced(attempt, token) then return {'ignored'} end
  if ifExpired == '1' and tonumber(redis.call('ZSCORE', S .. ':running', number)) > now then return {'ignored'} end
  isNews = true
  local outcome = {kind = kind, own = own, step = step, reason = reason, machine = machine}
  if settle(outcome) ~= 'queued' and log ~= '' then redis.call('SET', S .. ':l:' .. number, log) end
  return {'committed', row(number)}
end
`,
  after: "if isNews then announce() end",
});

/** Sets a running trial's verdict, which only becomes graver, and ends a queued one. Each: number, verdict. */
export const JUDGE: TrialScript = trialScript("judge", {
  width: 2,
  parts: [SETTLE],
  body: `
local severity = {continue = 0, prune = 1, cancel = 2}
local function one(verdict)
  if t.s == 'queued' and verdict == 'cancel' then
    settle({kind = 'cancelled'})
    announce()
  end
  if t.s == 'running' and severity[verdict] > severity[t.vd] then
    change(number)
    redis.call('HSET', T, 'vd', verdict)
    announce()
  end
  return {'judged'}
end
`,
});
