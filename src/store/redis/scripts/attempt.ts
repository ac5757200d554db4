import { ATTEND, LEASES } from "./attend.ts";
import { COVERED, type TrialScript, trialScript } from "./script.ts";

/**
 * Whether the caller speaks for the attempt that runs: by its number, and its token after a '=', or '' for none. Gives
 * the verdict, or nothing where the caller is stale.
 */
export const FENCED = `
local function fenced(attempt, token)
  if t.s ~= 'running' or t.a ~= attempt then return nil end
  if token ~= '' and token ~= (t.tk and '=' .. t.tk) then return nil end
  return t.vd
end
`;

/** What calls for an attempt begin with. */
const PARTS = [ATTEND, FENCED];

/** Prolongs a lease; see `Store.renew`. Each: number, attempt, token, length of the lease in milliseconds. */
export const RENEW: TrialScript = trialScript("renew", {
  width: 4,
  parts: [...PARTS, LEASES],
  body: `
attend(shortestLease(6, 4))
local function one(attempt, token, leaseMs)
  local verdict = fenced(attempt, token)
  if not verdict then return {'stale'} end
  local ends = now + leaseMs
  if tonumber(redis.call('ZSCORE', S .. ':running', number)) ~= ends then
    change(number)
    redis.call('ZADD', S .. ':running', ends, number)
    redis.call('HSET', T, 'le', leaseMs)
  end
  return {verdict}
end
`,
});

/**
 * Keeps reports by their steps, and the last step in the trial (`r`). Each: number, attempt, token, and as JSON a list of
 * texts: step, value as JSON, step, value ...
 */
export const REPORT: TrialScript = trialScript("report", {
  width: 4,
  parts: PARTS,
  body: `
attend()
local isNews
local function one(attempt, token, given)
  local verdict = fenced(attempt, token)
  if not verdict then return {'stale'} end
  local reports, last, isNew = cjson.decode(given), t.r
  for i = 1, #reports, 2 do
    local step = reports[i]
    if redis.call('HSETNX', R, step, reports[i + 1]) == 1 then
      isNew = true
      if not last or tonumber(last) < tonumber(step) then last = step end
    end
  end
  if isNew then
    change(number)
    redis.call('HSET', T, 'r', last)
    isNews = true
  end
  return {verdict}
end
`,
  after: "if isNews then announce() end",
});

/** Notes how far the trial's files go; see `Store.checkpoint`. Each: number, attempt, token, step. */
export const CHECKPOINT: TrialScript = trialScript("checkpoint", {
  width: 4,
  parts: [...PARTS, COVERED],
  body: `
attend()
local function one(attempt, token, step)
  local verdict = fenced(attempt, token)
  if not verdict then return {'stale'} end
  local given, known = tonumber(step), tonumber(t.cp or '-1')
  local beganAnew = given < known and t.cp == t.rf
  if given > known or beganAnew then
    change(number)
    redis.call('HSET', T, 'cp', step)
    if beganAnew then dropAfter(given) end
  end
  return {verdict}
end
`,
});
