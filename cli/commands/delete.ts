import { existsSync } from "node:fs";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { EXIT } from "../exit.ts";
import { sameStore } from "../go-on.ts";
import { count, moment } from "../render/figure.ts";
import { print, say } from "../render/print.ts";
import { notedArtifacts } from "../run/notes.ts";
import { addStoreOption, isRedisStore, type StoreOption } from "../store-option.ts";
import { withStored } from "../study-argument.ts";
import { refuseLive } from "../study-state.ts";
import { viewOf } from "../study-view.ts";
import type { Register } from "./register.ts";

interface DeleteOptions extends StoreOption {
  readonly yes?: boolean;
}

export const registerDelete: Register = (program, finish): void => {
  const command = program
    .command("delete")
    .description("Delete a study with its trials, logs and files.")
    .argument("<study>", "its name")
    .option("--yes", "do it; without this, only say what would be deleted")
    .action(async (name: string, options: DeleteOptions) => {
      if (!(await deleteStudy(name, options))) finish(EXIT.usage);
    });
  addStoreOption(command);
};

/** @returns whether it was deleted */
function deleteStudy(name: string, options: DeleteOptions): Promise<boolean> {
  return withStored(options, name, async ({ store }, record) => {
    const view = await viewOf(store, record);
    refuseLive(view, `Stop it first with: ${sameStore(options, "stop", name)}`);
    const folder = options.artifacts === undefined ? notedArtifacts(record) : null;
    const artifacts = folder === null ? store.artifacts : directoryArtifacts(folder);
    const files = await artifacts.list(record.id);
    const content = `${count(view.trials.length, "trial")} and ${count(files.length, "file")}`;
    if (folder !== null && !existsSync(folder) && view.trials.some(({ attempt }) => attempt > 0)) {
      const there = `if trials kept files there, delete its folder ${record.id}`;
      say(`warning: ${folder} is not on this machine: ${there}`);
    }
    if (options.yes) {
      await remove(store, record);
      await artifacts.removeStudy(record.id);
      print(`Deleted ${name}: ${content}.`);
      return true;
    }
    say(`error: this would delete ${name}, begun ${moment(record.createdAtMs)}, with ${content}; nothing was deleted`);
    say(`Delete it with: ${sameStore(options, "delete", name, "--yes")}`);
    return false;
  });
}

/** With its jobs and queues, where it has some. */
async function remove(store: Store, { name, id }: StudyRecord): Promise<void> {
  if (!isRedisStore(store)) return store.deleteStudy(name);
  const { queuesOf, removeStudyFromQueues } = await import("../../src/executor/bullmq/remove-study.ts");
  const { client, prefix } = store;
  const queues = await queuesOf(id, { client, prefix });
  await store.deleteStudy(name);
  const others = (await store.listStudies()).map((study) => study.id);
  await removeStudyFromQueues(id, { client, prefix, queues, others });
}
