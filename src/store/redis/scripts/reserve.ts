import { ATTEND } from "./attend.ts";
import { CHANGE, ROW, type Script, STUDY, script } from "./script.ts";

/** Of how many of the latest trials the calls are known that made them, so that one that was sent twice is made once. */
const KNOWN_IDS = 4096;

/**
 * Proposals become queued trials, one after the other up to the first that does not; see `Store.reserve`. ARGV from 3 on:
 * id of the call, made by the caller; then of each reservation: expected number or ''; 1 where the configuration must be
 * new; who must lead or ''; most pending trials or ''; the proposal as JSON; hash of its configuration.
 *
 * A known id gives the trials that it made, as they are now, and makes no more: the first answer was lost on its way.
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
local answers = {'reservations'}
local known, last = unpack(redis.call('ZMSCORE', ids, ARGV[3], ARGV[3] .. '.last'))
if known then
  for number = tonumber(known), tonumber(last) do answers[#answers + 1] = {'known', row(text(number))} end
  return answers
end
local head = redis.call('HMGET', S, 'next', 'maxTrials', 'pending', 'driver', 'driverUntil')
local first, next, pending = tonumber(head[1]), tonumber(head[1]), tonumber(head[3])
local isNews = false

local function refusal(expected, isNew, leader, most, hash)
  if head[2] ~= '' and next >= tonumber(head[2]) then return 'spent' end
  if expected ~= '' and tonumber(expected) ~= next then return 'conflict' end
  if leader ~= '' and not (head[4] == leader and tonumber(head[5]) > now) then return 'deposed' end
  if most ~= '' and pending >= tonumber(most) then return 'full' end
  if isNew == '1' and redis.call('SISMEMBER', S .. ':taken', hash) == 1 then return 'conflict' end
end

for i = 4, #ARGV, 6 do
  local refused = refusal(ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 5])
  if refused then
    answers[#answers + 1] = {refused}
    break
  end
  local number = text(next)
  local reservedAt = change(number)
  redis.call('HSET', S .. ':t:' .. number, 's', 'queued', 'p', ARGV[i + 4], 'ra', text(reservedAt), 'q', text(now),
    'a', '0')
  redis.call('SADD', S .. ':taken', ARGV[i + 5])
  answers[#answers + 1] = {'reserved', next, reservedAt, text(now)}
  isNews = isNews or ARGV[i + 2] == ''
  next, pending = next + 1, pending + 1
end
if next > first then
  redis.call('HSET', S, 'next', text(next), 'pending', text(pending))
  noteChanges()
  redis.call('ZADD', ids, first, ARGV[3], next - 1, ARGV[3] .. '.last')
  redis.call('ZREMRANGEBYSCORE', ids, '-inf', next - 1 - ${KNOWN_IDS})
end
-- A leader is the one who would listen.
if isNews then announce('begun') end
return answers
`,
);
