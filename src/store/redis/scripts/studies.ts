import { type Script, STUDY, script } from "./script.ts";

/*
 * Creating, renaming and removing studies, and the rare changes of a record. Every such change gives the record a new
 * `rev`, made by the caller, so that readers ask for the rest of the record only when that is another.
 */

/**
 * Makes a study: KEYS[2] is its record, KEYS[3] the schema's version. ARGV from 3 on: id, version of the schema, mark,
 * then the fields. `created` is the time of now where it is not among them. One id makes its study once: sent again, it
 * gets the same answer. Where there is a mark, what was written last before this has to be there, or else the server has
 * lost some of it.
 *
 * KEYS[4] holds ids whose keys are to be removed: one that is being imported is among them until now.
 */
export const CREATE: Script = script(
  "create",
  `
local made = redis.call('HGET', KEYS[1], ARGV[1])
if made == ARGV[3] then return {'created', redis.call('HGET', KEYS[2], 'created')} end
if made then return {'exists'} end
if ARGV[5] ~= '' and redis.call('HGET', KEYS[2], 'mark') ~= ARGV[5] then return {'lost'} end
local now = ARGV[2]
if now == '' then
  local time = redis.call('TIME')
  now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('SET', KEYS[3], ARGV[4], 'NX')
redis.call('HSETNX', KEYS[2], 'created', now)
for i = 6, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
redis.call('HDEL', KEYS[2], 'mark')
redis.call('ZREM', KEYS[4], ARGV[3])
return {'created', redis.call('HGET', KEYS[2], 'created')}
`,
);

/** ARGV from 3 on: the new name, the new rev. */
export const RENAME: Script = script(
  "rename",
  STUDY,
  `
if ARGV[3] == ARGV[1] then return {'renamed'} end
if redis.call('HEXISTS', KEYS[1], ARGV[3]) == 1 then return {'exists'} end
redis.call('HSET', KEYS[1], ARGV[3], id)
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', S, 'name', ARGV[3], 'rev', ARGV[4])
return {'renamed'}
`,
);

/**
 * Takes a study out of sight at once, so that nobody writes to it any more, and notes its id among those whose keys are
 * to be removed: KEYS[2]. Gives the id. ARGV[3] is '1' where it may have something elsewhere that is to go first.
 */
export const REMOVE: Script = script(
  "remove",
  STUDY,
  `
-- What frees memory first: a script that has begun to write may go on where memory is used up.
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[2], 0, id)
if ARGV[3] == '1' then redis.call('HSET', S, 'elsewhere', '1') end
return {'removed', id}
`,
);

/**
 * Takes out of sight what `CREATE` may have made without an answer: the study of the id ARGV[2], whose record is KEYS[3]. It
 * was made under the name ARGV[1], and may have been renamed since. Its keys are to be removed: KEYS[2].
 */
export const WITHDRAW: Script = script(
  "withdraw",
  `
local name = redis.call('HGET', KEYS[3], 'name') or ARGV[1]
if redis.call('HGET', KEYS[1], name) == ARGV[2] then
  redis.call('HDEL', KEYS[1], name)
  redis.call('ZADD', KEYS[2], 0, ARGV[2])
end
return {'withdrawn'}
`,
);

/**
 * Compare-and-set. ARGV from 3 on: the rev that the record must have, its new one, then fields to set. Gives `again`
 * where somebody else was faster.
 */
export const REPLACE: Script = script(
  "replace",
  STUDY,
  `
if redis.call('HGET', S, 'rev') ~= ARGV[3] then return {'again'} end
redis.call('HSET', S, 'rev', ARGV[4])
for i = 5, #ARGV, 2 do redis.call('HSET', S, ARGV[i], ARGV[i + 1]) end
redis.pcall('PUBLISH', S .. ':changed', '')
return {'replaced'}
`,
);

/** ARGV from 3 on: the control, its reason as JSON or '', the new rev. See `withControl`. */
export const CONTROL: Script = script(
  "control",
  STUDY,
  `
local head = redis.call('HMGET', S, 'control', 'sequence')
redis.call('HSET', S, 'control', ARGV[3], 'reason', ARGV[4], 'rev', ARGV[5])
if ARGV[3] == 'running' and head[1] ~= 'running' then redis.call('HSET', S, 'resumedAt', head[2]) end
redis.pcall('PUBLISH', S .. ':changed', '')
return {'controlled'}
`,
);
