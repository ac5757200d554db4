import { ATTEND } from "./attend.ts";
import { CHANGE, ROW, type Script, STUDY, script } from "./script.ts";

/** How many of the latest reservations are known by their ids, so that one that was sent twice is made once. */
const KNOWN_IDS = 4096;

/**
 * Proposals become queued trials, one after the other up to the first that does not; see `Store.reserve`. ARGV from 3 on:
 * id of the call, made by the caller; then of each reservation: expected number or ''; 1 where the configuration must be
 * new; who must lead or ''; most pending trials or ''; the proposal as JSON; hash of its configuration.
 *
 * A known id gives the trials that it made, as they are now: the first answer was lost on its way.
 */
export const RESERVE: Script = script(
  "reserve",
  STUDY,
  CHANGE,
  ROW,
  ATTEND,
  `
attend()
local ids = S .. ':ids'
local head = redis.call('HMGET', S, 'next', 'maxTrials', 'pending', 'driver', 'driverUntil', 'sequence')
local next, pending, sequence = tonumber(head[1]), tonumber(head[3]), tonumber(head[6])
local changes, made, isNews = {}, {}, false

local function refusal(expected, isNew, leader, most, hash)
  if head[2] ~= '' and next >= tonumber(head[2]) then return 'spent' end
  if expected ~= '' and tonumber(expected) ~= next then return 'conflict' end
  if leader ~= '' and not (head[4] == leader and tonumber(head[5]) > now) then return 'deposed' end
  if most ~= '' and pending >= tonumber(most) then return 'full' end
  if isNew == '1' and redis.call('SISMEMBER', S .. ':taken', hash) == 1 then return 'conflict' end
end

local answers = {'reservations'}
local isSecond = redis.call('ZSCORE', ids, ARGV[3] .. '.0')
for i = 4, #ARGV, 6 do
  local own = ARGV[3] .. '.' .. text((i - 4) / 6)
  local known = isSecond and redis.call('ZSCORE', ids, own)
  if known then
    answers[#answers + 1] = {'known', row(known)}
  else
    local refused = refusal(ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 5])
    if refused then
      answers[#answers + 1] = {refused}
      break
    end
    local number = text(next)
    sequence = sequence + 1
    redis.call('HSET', S .. ':t:' .. number, 's', 'queued', 'p', ARGV[i + 4], 'ra', text(sequence), 'q', text(now),
      'a', '0')
    redis.call('SADD', S .. ':taken', ARGV[i + 5])
    changes[#changes + 1], changes[#changes + 2] = sequence, number
    made[#made + 1], made[#made + 2] = number, own
    answers[#answers + 1] = {'reserved', next, sequence, text(now)}
    isNews = isNews or ARGV[i + 2] == ''
    next, pending = next + 1, pending + 1
  end
end
if #made > 0 then
  redis.call('HSET', S, 'next', text(next), 'pending', text(pending), 'sequence', text(sequence))
  redis.call('ZADD', S .. ':changes', unpack(changes))
  redis.call('ZADD', ids, unpack(made))
  redis.call('ZREMRANGEBYSCORE', ids, '-inf', next - 1 - ${KNOWN_IDS})
end
-- A leader is the one who would listen.
if isNews then announce('begun') end
return answers
`,
);
