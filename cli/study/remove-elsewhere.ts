import { existsSync } from "node:fs";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { RemoveElsewhere } from "../../src/store/redis/removals.ts";
import type { StoreOption } from "../options/store-option.ts";
import { say } from "../render/print.ts";
import { notedArtifacts } from "./notes.ts";

/** The folder of a study's files is named by its id. Whoever may write to Redis must not have another one removed. */
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes what a study in Redis has beside its own keys: jobs, queues, and files in a folder that a run named.
 *
 * @param told id of the study whose folder was warned of already
 */
export function removerElsewhere(store: RedisStore, { artifacts }: StoreOption, told?: string): RemoveElsewhere {
  return async ({ id, notes }) => {
    await removeQueues(store, id);
    const folder = artifacts === undefined ? notedArtifacts({ notes }) : null;
    if (folder === null || !ID.test(id)) return;
    if (id !== told) warnWhereAbsent(folder, id);
    await directoryArtifacts(folder).removeStudy(id);
  };
}

/** Says where files may be, if that is not here. */
export function warnWhereAbsent(folder: string, id: string): void {
  if (existsSync(folder)) return;
  say(`warning: ${folder} is not on this machine: if trials kept files there, delete its folder ${id}`);
}

async function removeQueues(store: RedisStore, id: string): Promise<void> {
  const { queuesOf, removeStudyFromQueues } = await import("../../src/executor/bullmq/remove-study.ts");
  const { client, prefix } = store;
  const queues = await queuesOf(id, { client, prefix });
  const others = (await store.listStudies()).map((study) => study.id).filter((other) => other !== id);
  await removeStudyFromQueues(id, { client, prefix, queues, others });
}
