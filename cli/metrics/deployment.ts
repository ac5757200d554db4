import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { WorkerRecord } from "../../src/store/worker-record.ts";
import { exposition, type Metric, single } from "./exposition.ts";

/** Every state of a worker: a series for each, also where it is 0. */
export const WORKER_STATES: readonly WorkerRecord["state"][] = ["serving", "draining", "sick"];

/** How long a scrape waits for Redis: Prometheus gives up after 10 s by itself. */
const WAIT_MS = 3000;

/**
 * What Redis knows of queues, BullMQ's own metrics, and of the workers. Where it does not answer in time only that it is
 * down is shown, beside what this process knows by itself.
 */
export async function deploymentMetrics(store: RedisStore, queues: readonly string[]): Promise<string> {
  const { client, prefix } = store;
  const { queueMetrics } = await import("../../src/executor/bullmq/queue-metrics.ts"); // loads what no other store needs
  const asked = Promise.all([store.workers.list(), queueMetrics({ client, prefix, queues })]);
  const [workers, ofQueues] = await inTime(asked, [null, ""] as const);
  const ours: Metric[] = [
    single({ name: "parzen_store_up", type: "gauge", help: "Whether Redis answers." }, workers === null ? 0 : 1),
  ];
  if (workers !== null) {
    const count = (state: string): number => workers.filter((worker) => worker.state === state).length;
    ours.push({
      name: "parzen_workers",
      type: "gauge",
      help: "Live workers of the deployment.",
      samples: WORKER_STATES.map((state) => ({ labels: { state }, value: count(state) })),
    });
  }
  return exposition(ours) + ofQueues;
}

/** What was asked for, or what is said instead where it fails or takes too long. */
export async function inTime<T, U>(asked: Promise<T>, otherwise: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<U>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS, otherwise);
  });
  try {
    return await Promise.race([asked, late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}
