import { ATTEND } from "./attend.ts";
import { CHANGE, ROW, type Script, STUDY, script } from "./script.ts";

/** How many of the latest reservations are known by their ids, so that one that was sent twice is made once. */
const KNOWN_IDS = 4096;

/**
 * A proposal becomes a queued trial; see `Store.reserve`. ARGV from 3 on: id of the reservation, made by the caller;
 * expected number or ''; 1 where the configuration must be new; who must lead or ''; most pending trials or ''; the
 * proposal as JSON; hash of its configuration.
 *
 * A known id gives the trial that it made, as it is now: the first answer was lost on its way.
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
local known = redis.call('ZSCORE', ids, ARGV[3])
if known then return {'reserved', row(known)} end
local head = redis.call('HMGET', S, 'next', 'maxTrials', 'pending', 'driver', 'driverUntil')
local next = tonumber(head[1])
if head[2] ~= '' and next >= tonumber(head[2]) then return {'spent'} end
if ARGV[4] ~= '' and tonumber(ARGV[4]) ~= next then return {'conflict'} end
if ARGV[6] ~= '' and not (head[4] == ARGV[6] and tonumber(head[5]) > now) then return {'deposed'} end
if ARGV[7] ~= '' and tonumber(head[3]) >= tonumber(ARGV[7]) then return {'full'} end
if ARGV[5] == '1' and redis.call('SISMEMBER', S .. ':taken', ARGV[9]) == 1 then return {'conflict'} end
local number = text(next)
local sequence = change(number)
redis.call('HSET', S, 'next', text(next + 1), 'pending', text(head[3] + 1))
redis.call('HSET', S .. ':t:' .. number, 's', 'queued', 'p', ARGV[8], 'ra', text(sequence), 'q', text(now), 'a', '0')
redis.call('SADD', S .. ':taken', ARGV[9])
redis.call('ZADD', ids, number, ARGV[3])
redis.call('ZREMRANGEBYSCORE', ids, '-inf', next - ${KNOWN_IDS})
announce()
return {'reserved', row(number)}
`,
);
