/**
 * After an outage every lease gets one full period.
 *
 * Each call of a living participant - reserve, claim, renew, report, checkpoint, commit, lead - notes the time as
 * `seen`. While anybody works there is a call at least every third of a lease, so a silence longer than half of one
 * means that the server was away, or everybody else. Then nobody could renew, and an ended lease says nothing about its
 * holder: before the call does anything, each running trial's lease, and the driver's, is made to last at least its full
 * length from now. That happens once, since `seen` is now; who does not renew within the period is lost after all.
 *
 * `lease` is the shortest lease that the study has seen: whether to look at the trials, which know their own (`le`).
 * Where the server's clock was set back, `seen` lies ahead, and so do the ends of all leases: none is left longer than its full
 * length from now. Else a trial whose worker died stayed its own, and an outage went unseen, for as long as the clock went back.
 *
 * With a clock of the caller's own, time passes as the caller says, and its silences mean nothing. Reads never write.
 */
export const ATTEND = `
local function attend(leaseMs)
  if ARGV[2] ~= '' then return end
  local head = redis.call('HMGET', S, 'seen', 'lease', 'driverUntil', 'driverLease')
  local seen, shortest = tonumber(head[1]) or now, tonumber(head[2])
  local silence = now - seen
  local isSetBack = silence < 0
  local function mended(ends, own)
    if isSetBack then return math.min(ends, now + own) end
    return silence > own / 2 and math.max(ends, now + own) or ends
  end
  if shortest and (isSetBack or silence > shortest / 2) then
    for _, number in ipairs(redis.call('ZRANGE', S .. ':running', 0, -1)) do
      local own = tonumber(redis.call('HGET', S .. ':t:' .. number, 'le'))
      local ends = tonumber(redis.call('ZSCORE', S .. ':running', number))
      if own and mended(ends, own) ~= ends then
        change(number)
        redis.call('ZADD', S .. ':running', mended(ends, own), number)
      end
    end
    noteChanges()
    local driver, ends = tonumber(head[4]), tonumber(head[3])
    if driver and mended(ends, driver) ~= ends then
      redis.call('HSET', S, 'driverUntil', text(mended(ends, driver)))
    end
  end
  -- To within 50 ms: one write less for most calls.
  if silence >= 50 or isSetBack or not head[1] then redis.call('HSET', S, 'seen', text(now)) end
  if leaseMs and leaseMs < (shortest or math.huge) then redis.call('HSET', S, 'lease', text(leaseMs)) end
end
`;

/** The shortest lease that the calls of a script ask for: the first one's is ARGV[first], `width` before the next one's. */
export const LEASES = `
local function shortestLease(first, width)
  local shortest = math.huge
  for at = first, #ARGV, width do shortest = math.min(shortest, tonumber(ARGV[at])) end
  return shortest
end
`;
