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
 * With a clock of the caller's own, time passes as the caller says, and its silences mean nothing. Reads never write.
 */
export const ATTEND = `
local function attend(leaseMs)
  if ARGV[2] ~= '' then return end
  local head = redis.call('HMGET', S, 'seen', 'lease', 'driverUntil', 'driverLease')
  local seen, shortest = tonumber(head[1]) or now, tonumber(head[2])
  local silence = now - seen
  if shortest and silence > shortest / 2 then
    for _, number in ipairs(redis.call('ZRANGE', S .. ':running', 0, -1)) do
      local own = tonumber(redis.call('HGET', S .. ':t:' .. number, 'le'))
      local ends = tonumber(redis.call('ZSCORE', S .. ':running', number))
      if own and silence > own / 2 and ends < now + own then
        change(number)
        redis.call('ZADD', S .. ':running', now + own, number)
      end
    end
    noteChanges()
    local driver, ends = tonumber(head[4]), tonumber(head[3])
    if driver and silence > driver / 2 and ends < now + driver then
      redis.call('HSET', S, 'driverUntil', text(now + driver))
    end
  end
  -- To within 50 ms: one write less for most calls.
  if silence >= 50 or not head[1] then redis.call('HSET', S, 'seen', text(now)) end
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
