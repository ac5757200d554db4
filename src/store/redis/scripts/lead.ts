import { ATTEND } from "./attend.ts";
import { CHANGE, type Script, STUDY, script } from "./script.ts";

/**
 * The driver's seat; see `Store.lead`. ARGV from 3 on: the holder as JSON, the lease in milliseconds, slots, a holder
 * known to be dead or ''. Holders are compared as text: one function writes them all.
 */
export const LEAD: Script = script(
  "lead",
  STUDY,
  CHANGE,
  ATTEND,
  `
attend(tonumber(ARGV[4]))
local seat = redis.call('HMGET', S, 'driver', 'driverUntil', 'driverSlots')
local free = not seat[1] or tonumber(seat[2]) <= now or seat[1] == ARGV[3] or (ARGV[6] ~= '' and seat[1] == ARGV[6])
if not free then return {'led', seat[1], seat[2], seat[3]} end
redis.call('HSET', S, 'driver', ARGV[3], 'driverUntil', text(now + ARGV[4]), 'driverSlots', ARGV[5],
  'driverLease', ARGV[4])
return {'leading'}
`,
);

/** Gives the seat back. ARGV[3]: the holder as JSON. */
export const RESIGN: Script = script(
  "resign",
  STUDY,
  `
if redis.call('HGET', S, 'driver') == ARGV[3] then
  redis.call('HDEL', S, 'driver', 'driverUntil', 'driverSlots', 'driverLease')
end
return {'resigned'}
`,
);
