import { Cluster, type Redis } from "ioredis";
import { ParzenError } from "../../../errors.ts";
import { makeClient, pauseMs, type RedisClient, type Times } from "./client.ts";
import { isRefusal, reasonOf, storeFailure, unavailable } from "./failure.ts";
import { forgetGivenUp } from "./given-up.ts";
import type { RedisAddress } from "./url.ts";

export interface ConnectOptions extends Times {
  /** For messages: with its password masked. */
  readonly location: string;
}

export interface Connection {
  readonly client: RedisClient;
  /** Ends it for good; what is on its way is not waited for. */
  close(): void;
}

/**
 * Connects, and goes on trying while the first connection may take: whoever starts with the server waits for it. Later
 * it connects again by itself, for ever; what is called meanwhile waits for that, up to its time.
 *
 * @throws STORE_UNAVAILABLE, OPTION_INVALID where the server does not let the user in
 */
export async function connect(address: RedisAddress, options: ConnectOptions): Promise<Connection> {
  const client = makeClient(address, options);
  gatherWrites(client);
  forgetGivenUp(client);
  const close = keepConnected(client);
  let timer: NodeJS.Timeout | undefined;
  let last: Error | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const over = address.isSecure ? " over TLS" : "";
      const late = (): void => reject(last ?? new Error(`no answer${over} within ${options.connectTimeoutMs} ms`));
      timer = setTimeout(late, options.connectTimeoutMs);
      client.on("error", (error: Error) => {
        last = error;
        if (isRefusal(error)) reject(error);
      });
      client.once("ready", resolve);
      client.connect().catch((error: Error) => {
        last ??= error;
      });
    });
    return { client, close };
  } catch (error) {
    close();
    const failure = storeFailure(error, options.location);
    if (failure instanceof ParzenError) throw failure;
    throw unavailable(options.location, failure instanceof Error ? reasonOf(failure) : String(failure), failure);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Connects again also where the client itself has given up, as it does when a Sentinel goes away in the wrong moment.
 *
 * @returns what ends it for good
 */
export function keepConnected(client: RedisClient): () => void {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  client.on("end", () => {
    if (isClosed) return;
    timer = setTimeout(() => client.connect().catch(() => {}), pauseMs(2));
  });
  return () => {
    isClosed = true;
    clearTimeout(timer);
    client.disconnect();
    leaveHandshakes(client);
  };
}

/** Over TLS a connection that ends before it began may come to two errors, and the client hears one of them. */
function leaveHandshakes(client: RedisClient): void {
  const nodes = client instanceof Cluster ? client.nodes() : [client];
  for (const { status, stream } of nodes) if (status === "connecting") stream?.destroy();
}

/**
 * Sends in one go what is called within one turn of the event loop. The client's own `enableAutoPipelining` does so too,
 * for the price of an object with every script of BullMQ in each go, and only with the answers of the go before.
 */
function gatherWrites(client: RedisClient): void {
  if (client instanceof Cluster) {
    client.on("+node", (node: Redis) => gatherWrites(node));
    return;
  }
  client.on("connect", () => {
    const { stream } = client;
    const write = stream.write;
    // All forms of `write` pass through as they are.
    stream.write = ((...args: Parameters<typeof write>) => {
      if (stream.writableCorked === 0) {
        stream.cork();
        setImmediate(() => stream.uncork());
      }
      return write.apply(stream, args);
    }) as typeof write;
  });
}
