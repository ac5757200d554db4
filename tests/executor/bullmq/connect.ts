import { Redis } from "ioredis";

/** A connection for a test, which is quiet about a server that the test kills. */
export function connect(url: string): Redis {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
  client.on("error", () => {});
  return client;
}
