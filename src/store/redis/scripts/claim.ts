import { ATTEND, LEASES } from "./attend.ts";
import { COVERED, ROW, type TrialScript, trialScript } from "./script.ts";

/**
 * A slot takes a queued trial; see `Store.claim`. Each: number; token of the attempt, made by the claimant; its holder as
 * JSON; the host alone as JSON; the lease in milliseconds; version as JSON or ''; 1 where the study must run; the id that
 * the study must have, or ''.
 *
 * The same token claims once: sent again, it gets the same answer. With a claim comes the study's time limit for trials,
 * '' where it has none.
 */
export const CLAIM: TrialScript = trialScript("claim", {
  width: 8,
  parts: [ROW, ATTEND, LEASES, COVERED],
  body: `
attend(shortestLease(7, 8))
local control, trialTimeout = unpack(redis.call('HMGET', S, 'control', 'trialTimeout'))

local function one(token, holder, host, leaseMs, version, whileRunning, meant)
  if meant ~= '' and meant ~= id then return {'study'} end
  if t.s == 'running' and t.tk == token then return {'claimed', trialTimeout, row(number)} end
  if t.s ~= 'queued' or (whileRunning == '1' and control ~= 'running') then return {'refused', t.s} end
  change(number)
  -- Of the earlier attempt's reports those stay that the checkpoint covers.
  dropAfter(tonumber(t.cp or '-1'))
  local set = {'s', 'running', 'a', text(t.a + 1), 'tk', token, 'ho', holder, 'hn', host, 'le', leaseMs,
    'st', text(now), 'vd', 'continue'}
  local function also(field, value)
    set[#set + 1] = field
    set[#set + 1] = value
  end
  if version ~= '' then also('v', version) end
  if t.cp then also('rf', t.cp) end
  redis.call('HSET', T, unpack(set))
  redis.call('ZADD', S .. ':running', now + leaseMs, number)
  if t.r then return {'claimed', trialTimeout, row(number)} end
  -- The later of two values counts.
  for _, each in ipairs(set) do flat[#flat + 1] = each end
  return {'claimed', trialTimeout, {T, flat, text(now + leaseMs), {}}}
end
`,
});
