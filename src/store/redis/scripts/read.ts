import { GROWN_ROW, ROW, reader, type Script, STUDY, script } from "./script.ts";

/**
 * The record of a study: what changes all the time, then its other fields, or nothing where the reader knows them: ARGV[3]
 * is the id and rev that it knows.
 */
const RECORD = `
local function record(known)
  local hot = redis.call('HMGET', S, 'rev', 'sequence', 'next', 'driver', 'driverUntil', 'driverSlots', 'importedAt')
  local rest = {}
  if known ~= id .. '/' .. (hot[1] or '') then
    rest = redis.call('HMGET', S, 'name', 'created', 'spec', 'settings', 'control', 'reason', 'resumedAt', 'tests',
      'notes')
  end
  return {id, text(now), hot, rest}
end
`;

export const FIND: Script = reader("find", STUDY, RECORD, "return {'found', record(ARGV[3])}");

/** Trials of one page of a snapshot, and reports of them, at which it ends before. */
const PAGE_TRIALS = 2000;
const PAGE_REPORTS = 20_000;

/**
 * One page of a snapshot: the record, and the trials that changed after the sequence ARGV[4], in order of their latest
 * change. ARGV[5] is the index of the first import of the page, '' on the first page; ARGV[6] and [7] say what reports
 * the reader knows, see `GROWN_ROW`. Gives the record, rows, the sequence that the page goes up to, imports, the index
 * after them, and whether there is more.
 *
 * Pages together are exact although each is a step of its own: a trial that changes between two of them gets a sequence
 * above all, so it comes again on a later page, and one that no page has shown yet has its latest change above where the
 * pages have come to. So when a page says that there is no more, every trial was shown as it is in the very state of
 * which that page's record speaks.
 */
export const SNAPSHOT: Script = reader(
  "snapshot",
  STUDY,
  ROW,
  GROWN_ROW,
  RECORD,
  `
local found = record(ARGV[3])
local changed = redis.call('ZRANGEBYSCORE', S .. ':changes', '(' .. ARGV[4], '+inf', 'WITHSCORES', 'LIMIT', 0,
  ${PAGE_TRIALS})
local more, upTo, shown, rows = #changed == ${2 * PAGE_TRIALS}, ARGV[4], 0, {}
for i = 1, #changed, 2 do
  if shown > ${PAGE_REPORTS} and changed[i + 1] ~= upTo then
    more = true
    break
  end
  local next = grownRow(changed[i])
  rows[#rows + 1] = next
  shown = shown + (next[4] and #next[4] / 2 or 0)
  upTo = changed[i + 1]
end
if #rows == ${PAGE_TRIALS} then
  -- Only an import of a study gives several trials one sequence: they belong on one page.
  rows[#rows] = nil
  while #rows > 0 and changed[2 * #rows] == upTo do rows[#rows] = nil end
  for _, number in ipairs(redis.call('ZRANGEBYSCORE', S .. ':changes', upTo, upTo)) do rows[#rows + 1] = grownRow(number) end
end
local list = S .. ':imported'
local from, imports = tonumber(ARGV[5]), {}
if not from and tonumber(found[3][7] or '0') > tonumber(ARGV[4]) then
  -- The first one after the sequence: they lie in order of it.
  local low, high = 0, redis.call('LLEN', list)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local at = string.match(redis.call('LINDEX', list, middle), '^%d+')
    if at and tonumber(at) <= tonumber(ARGV[4]) then low = middle + 1 else high = middle end
  end
  from = low
end
if from then
  imports = redis.call('LRANGE', list, from, from + ${PAGE_TRIALS - 1})
  from = from + #imports
  more = more or from < redis.call('LLEN', list)
end
return {'page', found, rows, upTo, imports, from and text(from) or '', more and 1 or 0}
`,
);

/** One trial; of a running one with its lease. */
export const FIND_TRIAL: Script = reader(
  "find-trial",
  STUDY,
  ROW,
  `
local found = row(ARGV[3])
if #found[2] == 0 then return {'trial'} end
return {'shown', id, found}
`,
);

/**
 * Results that hold no number, as one change. ARGV from 3 on: id of the call, made by the caller; their documents. A known
 * id imports no more: the first answer was lost on its way.
 */
export const IMPORT: Script = script(
  "import",
  STUDY,
  `
local ids = S .. ':ids'
if redis.call('ZSCORE', ids, ARGV[3]) then return {'imported'} end
redis.call('ZADD', ids, redis.call('HGET', S, 'next'), ARGV[3])
local sequence = text(redis.call('HINCRBY', S, 'sequence', 1))
redis.call('HSET', S, 'importedAt', sequence)
for i = 4, #ARGV do redis.call('RPUSH', S .. ':imported', sequence .. ' ' .. ARGV[i]) end
redis.pcall('PUBLISH', S .. ':changed', '')
return {'imported'}
`,
);
