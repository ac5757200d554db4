import { Cluster, type Redis } from "ioredis";
import { StoreClosed } from "../../closed.ts";
import { corrupt } from "../rows/stored-json.ts";
import type { Script } from "../scripts/script.ts";
import type { RedisClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import { laterFailure } from "./failure.ts";

/** What a script answers: a list whose first part says what became of the call. */
export type Answer = readonly [kind: string, ...rest: unknown[]];

export type Argument = string | Buffer;

/** @throws STORE_CORRUPT where a script gave anything else */
export function asAnswer(given: unknown, { name }: Script): Answer {
  if (Array.isArray(given) && typeof given[0] === "string") return given as unknown as Answer; // checked here
  throw corrupt(`what the script ${name} read`, "nothing that it could answer with");
}

export interface ServerOptions {
  readonly connection: Connection;
  /** For messages: with its password masked. */
  readonly location: string;
  readonly commandTimeoutMs: number;
}

/** Calls of the server that end in time, and whose failures are the store's. */
export class Server {
  readonly client: RedisClient;
  readonly location: string;
  readonly #connection: Connection;
  readonly #timeoutMs: number;
  #isClosed = false;
  #epoch = 0;
  #hasReaders = false;

  constructor({ connection, location, commandTimeoutMs }: ServerOptions) {
    this.client = connection.client;
    this.#connection = connection;
    this.location = location;
    this.#timeoutMs = commandTimeoutMs;
    onConnected(this.client, () => this.#epoch++);
  }

  /** Another one after every new connection: the server may have lost its latest writes, or be another one. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Runs a script as one call; only the first time on a server its text is sent as well. */
  async run(script: Script, keys: readonly string[], args: readonly Argument[]): Promise<Answer> {
    return asAnswer(await this.answered(this.#evaluate(script, keys, args)), script);
  }

  /** From Redis 7 on a script that only reads may be run by who may only read. */
  useReaders(): void {
    this.#hasReaders = true;
  }

  async #evaluate(script: Script, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    const { client } = this;
    const { sha, lua } = script;
    const given = [keys.length, ...keys, ...args] as const;
    const isReader = script.isReader && this.#hasReaders;
    try {
      return await (isReader ? client.evalsha_ro(sha, ...given) : client.evalsha(sha, ...given));
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return isReader ? client.eval_ro(lua, ...given) : client.eval(lua, ...given);
    }
  }

  /**
   * Waits for an answer, and no longer than a call may take. What was called may still happen afterwards.
   *
   * @throws STORE_UNAVAILABLE, STORE_FULL and whatever else the answer means
   */
  async answered<T>(call: Promise<T>): Promise<T> {
    if (this.#isClosed) {
      call.catch(() => {});
      throw new StoreClosed(this.location);
    }
    try {
      // A single connection keeps the time by itself.
      return await (this.client instanceof Cluster ? this.#inTime(call) : call);
    } catch (error) {
      throw laterFailure(error, this.location);
    }
  }

  async #inTime<T>(call: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`timed out after ${this.#timeoutMs} ms`)), this.#timeoutMs);
    });
    try {
      return await Promise.race([call, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the connection; what is on its way is not waited for. */
  close(): void {
    this.#isClosed = true;
    this.#connection.close();
  }
}

/** Calls back after every new connection, of a Cluster to any of its nodes. */
function onConnected(client: RedisClient, connected: () => void): void {
  client.on("ready", connected);
  if (!(client instanceof Cluster)) return;
  for (const node of client.nodes()) node.on("ready", connected);
  client.on("+node", (node: Redis) => node.on("ready", connected));
}
