import type { Artifacts, TrialFiles } from "../../artifacts/artifacts.ts";
import { checkFileName, trialFolder } from "../../artifacts/file-name.ts";
import { ParzenError } from "../../errors.ts";
import type { Keys } from "./server/keys.ts";

/** The part of a client that files need. */
export interface FilesClient {
  eval(script: string, numberOfKeys: number, ...args: (string | Buffer)[]): Promise<unknown>;
  hkeys(key: string): Promise<string[]>;
  hgetBuffer(key: string, field: string): Promise<Buffer | null>;
}

export interface RedisArtifactsOptions {
  readonly client: FilesClient;
  readonly keys: Pick<Keys, "study">;
  /** Largest file, in bytes. Default 1 MB. */
  readonly maxFileBytes?: number;
  /** All files of a study together, in bytes. Default 64 MB. */
  readonly quotaBytes?: number;
  /** Waits for an answer of the server and gives its errors the store's codes. Default lets them be. */
  readonly answered?: <T>(call: Promise<T>) => Promise<T>;
}

const MB = 1024 * 1024;

/**
 * Small files beside their studies: one hash for each trial, and one for the study that counts bytes, all together
 * under `bytes` and by trial. A file that is too large, or one too many, is refused with ARTIFACT_REFUSED: memory of a
 * server that everybody shares is no place for it, and waiting makes no room.
 *
 * | key | type | what |
 * |---|---|---|
 * | `s:<id>:f:<trial>` | hash | name -> bytes of the file |
 * | `s:<id>:f` | hash | trial -> how many bytes it has; `bytes` -> sum |
 */
export function redisArtifacts(options: RedisArtifactsOptions): Artifacts {
  const { client, keys, answered = (call) => call } = options;
  const index = (study: string): string => {
    checkFileName(study);
    return `${keys.study(study)}:f`;
  };
  const trials = async (study: string): Promise<readonly string[]> =>
    (await answered(client.hkeys(index(study)))).filter((field) => field !== "bytes");
  return {
    of: (study, trial) => redisFiles({ ...options, answered }, index(study), trialFolder(trial)),
    list: async (study) => {
      const listed = (await trials(study)).map(async (trial) => {
        const names = await answered(client.hkeys(`${index(study)}:${trial}`));
        return names.map((name) => `${trial}/${name}`);
      });
      return (await Promise.all(listed)).flat().sort();
    },
    removeStudy: async (study) => {
      await answered(client.eval(REMOVE_STUDY, 1, index(study)));
    },
    collect: async (study, given) => {
      const found = await trials(study);
      const numbers = await given();
      const strays = found.filter((trial) => Number(trial) >= numbers);
      for (const trial of strays) await redisFiles({ ...options, answered }, index(study), trial).remove();
      return strays.length;
    },
  };
}

type Resolved = RedisArtifactsOptions & Required<Pick<RedisArtifactsOptions, "answered">>;

function redisFiles(options: Resolved, index: string, trial: string): TrialFiles {
  const { client, answered } = options;
  const key = `${index}:${trial}`;
  const call = (script: string, ...args: readonly (string | Buffer)[]): Promise<unknown> =>
    answered(client.eval(script, 2, key, index, trial, ...args));
  return {
    directory: null,
    write: async (name, bytes) => {
      checkFileName(name);
      const { maxFileBytes = MB, quotaBytes = 64 * MB } = options;
      if (bytes.length > maxFileBytes)
        throw refusal(`${name} has ${mb(bytes.length)}`, `${mb(maxFileBytes)} of one file`);
      const owned = Buffer.from(bytes);
      const wanted = await call(WRITE, name, owned, String(quotaBytes));
      if (typeof wanted !== "number") return;
      throw refusal(`with ${name} the study's files have ${mb(wanted)}`, `${mb(quotaBytes)} of one study`);
    },
    read: async (name) => {
      checkFileName(name);
      const bytes = await answered(client.hgetBuffer(key, name));
      // A copy with its own memory: a Buffer may share a pool with others.
      return bytes === null ? null : new Uint8Array(bytes);
    },
    list: async () => (await answered(client.hkeys(key))).sort(),
    removeFile: async (name) => {
      checkFileName(name);
      await call(REMOVE_FILE, name);
    },
    remove: async () => {
      await call(REMOVE_TRIAL);
    },
  };
}

/** KEYS: files of the trial, bytes of the study. ARGV: trial, name, bytes, quota. Nil, or the sum that is too much. */
const WRITE = `
local before = redis.call('HSTRLEN', KEYS[1], ARGV[2])
local more = #ARGV[3] - before
local sum = tonumber(redis.call('HGET', KEYS[2], 'bytes') or '0') + more
if more > 0 and sum > tonumber(ARGV[4]) then return sum end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('HINCRBY', KEYS[2], ARGV[1], more)
redis.call('HINCRBY', KEYS[2], 'bytes', more)
return false`;

/** KEYS as above. ARGV: trial, name. */
const REMOVE_FILE = `
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
const REMOVE_TRIAL = `
local bytes = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[1])
if not bytes then return end
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HINCRBY', KEYS[2], 'bytes', 0 - tonumber(bytes))
if redis.call('HLEN', KEYS[2]) == 1 then redis.call('DEL', KEYS[2]) end`;

/** KEYS: bytes of the study; the trials' keys follow from it and carry its hash tag. */
const REMOVE_STUDY = `
for _, trial in ipairs(redis.call('HKEYS', KEYS[1])) do redis.call('DEL', KEYS[1] .. ':' .. trial) end
redis.call('DEL', KEYS[1])`;

function refusal(what: string, limit: string): ParzenError {
  const place = "keep files in a directory that every machine reaches: artifacts, or --artifacts DIR";
  return new ParzenError("ARTIFACT_REFUSED", `artifacts: ${what}, but Redis takes at most ${limit}; ${place}`);
}

function mb(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${Math.ceil(bytes / (MB / 100)) / 100} MB`;
}
