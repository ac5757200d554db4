import { Cluster } from "ioredis";
import type { ChangeHint } from "../../store.ts";
import type { RedisClient } from "./client.ts";
import { keepConnected } from "./connection.ts";
import type { Server } from "./server.ts";

/** Listens to channels over one connection of its own, made when the first is listened to. */
export class Watch {
  readonly #server: Server;
  #subscriber: RedisClient | undefined;
  #end: () => void = () => {};
  readonly #listeners = new Map<string, Set<(hint: ChangeHint) => void>>();

  constructor(server: Server) {
    this.#server = server;
  }

  /** @returns what ends it */
  async on(channel: string, heard: (hint: ChangeHint) => void): Promise<() => Promise<void>> {
    // An object of its own: one function may listen twice.
    const listener = (hint: ChangeHint): void => heard(hint);
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    try {
      // Each asks, although the first would do: it may have failed.
      await this.#server.answered(this.#connection().subscribe(channel));
    } catch (error) {
      listeners.delete(listener);
      throw error;
    }
    return () => this.#off(channel, listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#end();
  }

  async #off(channel: string, listener: (hint: ChangeHint) => void): Promise<void> {
    const listeners = this.#listeners.get(channel);
    if (listeners === undefined || !listeners.delete(listener) || listeners.size > 0) return;
    this.#listeners.delete(channel);
    // Where the server is away nothing comes from it either.
    await this.#server.answered(this.#connection().unsubscribe(channel)).catch(() => {});
  }

  /** After a loss of the connection those who listen look once: they may have missed something. */
  #connection(): RedisClient {
    if (this.#subscriber !== undefined) return this.#subscriber;
    const { client } = this.#server;
    // What a single client subscribes to again by itself fails unheard, which ends the program.
    const subscriber = client instanceof Cluster ? client.duplicate() : client.duplicate({ autoResubscribe: false });
    this.#subscriber = subscriber;
    this.#end = keepConnected(subscriber);
    subscriber.on("error", () => {});
    subscriber.on("message", (channel: string, message: string) => {
      const hint = message === "begun" ? "begun" : "any";
      for (const listener of this.#listeners.get(channel) ?? []) listener(hint);
    });
    let wasReady = false;
    subscriber.on("ready", () => {
      if (wasReady) void this.#again(subscriber);
      wasReady = true;
    });
    return subscriber;
  }

  /** Subscribes first, so that what changes after a look is heard; where that fails, the next connection may do. */
  async #again(subscriber: RedisClient): Promise<void> {
    const channels = [...this.#listeners.keys()];
    if (channels.length > 0) await subscriber.subscribe(...channels).catch(() => {});
    for (const listeners of this.#listeners.values()) for (const listener of listeners) listener("any");
  }
}
