/*
 * What changes the files of trials; see `redisArtifacts` for their keys.
 */

/** KEYS: files of the trial, bytes of the study. ARGV: trial, name, bytes, quota. Nil, or the sum that is too much. */
export const WRITE = `
local before = redis.call('HSTRLEN', KEYS[1], ARGV[2])
local more = #ARGV[3] - before
local sum = tonumber(redis.call('HGET', KEYS[2], 'bytes') or '0') + more
if more > 0 and sum > tonumber(ARGV[4]) then return sum end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('HINCRBY', KEYS[2], ARGV[1], more)
redis.call('HINCRBY', KEYS[2], 'bytes', more)
return false`;

/** KEYS as above. ARGV: trial, name. */
export const REMOVE_FILE = `
local bytes = redis.call('HSTRLEN', KEYS[1], ARGV[2])
if redis.call('HDEL', KEYS[1], ARGV[2]) == 0 then return end
redis.call('HINCRBY', KEYS[2], 'bytes', 0 - bytes)
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HINCRBY', KEYS[2], ARGV[1], 0 - bytes)
else
  redis.call('HDEL', KEYS[2], ARGV[1])
end
if redis.call('HLEN', KEYS[2]) == 1 then redis.call('DEL', KEYS[2]) end`;

/** KEYS as above. ARGV: trial. */
export const REMOVE_TRIAL = `
local bytes = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[1])
if not bytes then return end
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HINCRBY', KEYS[2], 'bytes', 0 - tonumber(bytes))
if redis.call('HLEN', KEYS[2]) == 1 then redis.call('DEL', KEYS[2]) end`;

/** KEYS: bytes of the study; the trials' keys follow from it and carry its hash tag. */
export const REMOVE_STUDY = `
for _, trial in ipairs(redis.call('HKEYS', KEYS[1])) do redis.call('DEL', KEYS[1] .. ':' .. trial) end
redis.call('DEL', KEYS[1])`;
