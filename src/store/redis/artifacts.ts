import type { Artifacts, TrialFiles } from "../../artifacts/artifacts.ts";
import { checkFileName, trialFolder } from "../../artifacts/file-name.ts";
import { ParzenError } from "../../errors.ts";
import { REMOVE_FILE, REMOVE_STUDY, REMOVE_TRIAL, WRITE } from "./scripts/files.ts";
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
  const filesOf = (study: string, trial: string): TrialFiles =>
    redisFiles({ ...options, answered }, index(study), trial);
  return {
    of: (study, trial) => filesOf(study, trialFolder(trial)),
    begin: async () => undefined,
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
      const numbers = await given.count();
      const strays = found.filter((trial) => Number(trial) >= numbers);
      for (const trial of strays) await filesOf(study, trial).remove();
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

function refusal(what: string, limit: string): ParzenError {
  const place = "a folder that every machine reaches takes more: --artifacts <folder>, or artifacts of redisStore";
  return new ParzenError("ARTIFACT_REFUSED", `${what}, but Redis takes at most ${limit}; ${place}`);
}

function mb(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${Math.ceil(bytes / (MB / 100)) / 100} MB`;
}
