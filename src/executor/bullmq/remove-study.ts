import { bullmq } from "./bullmq.ts";
import type { QueueClient } from "./queue-client.ts";
import { queuePrefix, studyQueuesKey } from "./queue-name.ts";

export interface RemovalOptions {
  readonly client: QueueClient;
  /** Prefix of the deployment's keys with its hash tag: `{parzen}`. */
  readonly prefix: string;
}

/** The queues that a study's trials were ever delivered over. Asked before the study is deleted, which forgets them. */
export function queuesOf(studyId: string, { client, prefix }: RemovalOptions): Promise<readonly string[]> {
  return client.smembers(studyQueuesKey(prefix, studyId));
}

/**
 * Removes what a deleted study left in its queues: its jobs, and every queue that no other study uses, whole. A worker
 * that has one of the jobs finds its study gone.
 *
 * @param others ids of the studies that there still are
 */
export async function removeStudyFromQueues(
  studyId: string,
  {
    queues,
    others,
    client,
    prefix,
  }: RemovalOptions & { readonly queues: readonly string[]; readonly others: readonly string[] },
): Promise<void> {
  for (const queue of queues) {
    const used = await Promise.all(others.map((id) => client.sismember(studyQueuesKey(prefix, id), queue)));
    const isShared = used.includes(1);
    const keys = new bullmq.QueueKeys(queuePrefix(prefix)).getKeys(queue);
    const whole = isShared ? [] : Object.values(keys);
    const lists = [keys["wait"], keys["paused"], keys["active"]].filter((key) => key !== undefined);
    await client.eval(
      REMOVE,
      lists.length + whole.length,
      ...lists,
      ...whole,
      isShared ? `${studyId}-` : "",
      keys[""] ?? "",
    );
  }
}

/**
 * KEYS: the lists of jobs that wait, of those that would if the queue were not paused, and of those that somebody has;
 * then all keys of a queue that is nobody else's. ARGV: what begins the ids of the jobs that go, '' for all; what begins
 * the keys of jobs. What a worker has it gives up by itself, unless the whole queue goes.
 */
const REMOVE = `
local last = ARGV[1] == '' and 3 or 2
for list = 1, last do
  for _, id in ipairs(redis.call('LRANGE', KEYS[list], 0, -1)) do
    if string.sub(id, 1, #ARGV[1]) == ARGV[1] then
      redis.call('LREM', KEYS[list], 1, id)
      redis.call('UNLINK', ARGV[2] .. id, ARGV[2] .. id .. ':lock', ARGV[2] .. id .. ':logs')
    end
  end
end
for at = 4, #KEYS do redis.call('UNLINK', KEYS[at]) end`;
