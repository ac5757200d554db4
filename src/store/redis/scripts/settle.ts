/**
 * What becomes of a trial when an attempt at it ends: `settle` of `trial/settle.ts`, which says why, in Lua. The
 * contract suite of the stores holds the two together.
 *
 * `t` is the trial that was opened, `o` the outcome: `kind`, `own` (JSON of what the end state adds), `step` of a pruned one,
 * `reason` of a failed one, `machine`. A loss that is NaN was made a failure by the caller. A trial that has ended is
 * one document, `d`, of which `finished-tuple.ts` knows the order; a trial lost too often adds null: its message follows
 * from its hosts.
 */
export const SETTLE = `
local function finish(state, own)
  local sequence = change(number)
  redis.call('HINCRBY', S, 'pending', -1)
  redis.call('ZREM', S .. ':running', number)
  local document = table.concat({
    t.p, own, t.ra, t.q, t.a, t.lo or '0', t.er or '0', '[' .. (t.h or '') .. ']', t.cp or 'null', t.st or 'null',
    text(sequence), text(now), t.v or 'null', t.ho or 'null',
  }, ',')
  redis.call('DEL', T)
  redis.call('HSET', T, 's', state, 'd', '[' .. document .. ']')
  if t.r then redis.call('HSET', T, 'r', t.r) end
  return state
end

local function requeue(...)
  change(number)
  redis.call('HSET', T, 's', 'queued', 'q', text(now), ...)
  redis.call('HDEL', T, 'tk', 'ho', 'hn', 'st', 'v', 'vd', 'rf', 'le')
  redis.call('ZREM', S .. ':running', number)
  return 'queued'
end

local function settle(o)
  if t.s == 'queued' then
    if o.kind == 'cancelled' then finish('cancelled', '{}') end
    return
  end
  if o.kind == 'cancelled' or t.vd == 'cancel' then return finish('cancelled', '{}') end
  if t.vd == 'prune' or o.kind == 'pruned' then
    local given = o.kind == 'pruned' and o.step or '0'
    return finish('pruned', '{"step":' .. (t.r or given) .. '}')
  end
  if o.kind == 'complete' then return finish('complete', o.own) end
  local advanced = tonumber(t.cp or '-1') > tonumber(t.rf or '-1')
  if o.kind == 'handed-back' or (o.kind == 'lost' and (o.machine == '1' or advanced)) then return requeue() end
  local bounds = redis.call('HMGET', S, 'maxLost', 'errorRetries')
  if o.kind == 'lost' then
    t.lo = text(tonumber(t.lo or '0') + 1)
    t.h = t.h and (t.h .. ',' .. t.hn) or t.hn
    if tonumber(t.lo) < tonumber(bounds[1]) then return requeue('lo', t.lo, 'h', t.h) end
    return finish('failed', 'null')
  end
  local errors = tonumber(t.er or '0')
  if o.reason == 'error' and errors < tonumber(bounds[2]) then return requeue('er', text(errors + 1)) end
  return finish('failed', o.own)
end
`;
