import { Cluster, type Redis } from "ioredis";
import type { RedisClient } from "./client.ts";

type Command = Parameters<Redis["sendCommand"]>[0];

/** What a client keeps to be sent once it is connected, the oldest first. */
interface Kept {
  readonly offlineQueue: { peekFront(): { readonly command: Command } | undefined; shift(): unknown };
}

/**
 * Has a client forget calls whose time is over while the server is away, where it would keep them all and send them when
 * it is back: whoever made them was told that they failed, and a job that one of them took nobody would run.
 */
export function forgetGivenUp(client: RedisClient): void {
  if (client instanceof Cluster) {
    client.on("+node", (node: Redis) => forgetGivenUp(node));
    return;
  }
  const send = client.sendCommand.bind(client);
  client.sendCommand = (command, stream) => {
    if (command.isSettled) return command.promise; // kept until now, and sent again by the client
    forgetOldest(client as unknown as Kept); // private there, and looked at before use
    return send(command, stream);
  };
}

function forgetOldest({ offlineQueue }: Partial<Kept>): void {
  while (offlineQueue?.peekFront()?.command.isSettled === true) offlineQueue.shift();
}
