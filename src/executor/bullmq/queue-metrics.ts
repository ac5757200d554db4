import { bullmq } from "./bullmq.ts";
import { type QueueClient, WITHOUT_LOOK } from "./queue-client.ts";
import { queuePrefix } from "./queue-name.ts";

export interface QueueMetricsOptions {
  readonly client: QueueClient;
  /** Prefix of the deployment's keys with its hash tag: `{parzen}`. */
  readonly prefix: string;
  readonly queues: readonly string[];
}

/** BullMQ's own metrics of several queues, as one document in the Prometheus text format. Nothing is written. */
export async function queueMetrics({ client, prefix, queues }: QueueMetricsOptions): Promise<string> {
  const documents = await Promise.all(
    queues.map(async (name) => {
      const queue = new bullmq.Queue(name, {
        connection: client,
        prefix: queuePrefix(prefix),
        skipMetasUpdate: true,
        ...WITHOUT_LOOK,
      });
      queue.on("error", () => undefined); // who waits for the answer hears of it
      try {
        return await queue.exportPrometheusMetrics();
      } finally {
        await queue.close();
      }
    }),
  );
  return merged(documents);
}

/** The format wants all samples of a metric behind its one HELP and TYPE. */
function merged(documents: readonly string[]): string {
  const metrics = new Map<string, Set<string>>();
  for (const line of documents.flatMap((document) => document.split("\n"))) {
    const [name = ""] = /\w+/.exec(line.replace(/^# (?:HELP|TYPE) /, "")) ?? [];
    if (name !== "") metrics.set(name, (metrics.get(name) ?? new Set()).add(line));
  }
  return [...metrics.values()].map((lines) => `${[...lines].join("\n")}\n`).join("");
}
