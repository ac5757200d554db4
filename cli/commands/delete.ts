import type { Artifacts } from "../../src/artifacts/artifacts.ts";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import type { Store } from "../../src/store/store.ts";
import { isStudyNotFound } from "../../src/store/study-errors.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { EXIT } from "../exit.ts";
import { addStoreOption, isRedisStore, isRedisUrl, type StoreOption, withRedis } from "../options/store-option.ts";
import { count, moment } from "../render/figure.ts";
import { print, say } from "../render/print.ts";
import { sameStore } from "../study/go-on.ts";
import { notedArtifacts } from "../study/notes.ts";
import { removerElsewhere, warnWhereAbsent } from "../study/remove-elsewhere.ts";
import { withStored } from "../study/study-argument.ts";
import { refuseLive } from "../study/study-state.ts";
import { viewOf } from "../study/study-view.ts";
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
async function deleteStudy(name: string, options: DeleteOptions): Promise<boolean> {
  try {
    return await deleteWhole(name, options);
  } catch (error) {
    const mayBeHalf = isStudyNotFound(error) && options.yes === true && isRedisUrl(options.store);
    if (!(mayBeHalf && (await finishDeletion(name, options)))) throw error;
    return true;
  }
}

/** @returns whether one of that name was there, whose deletion had been cut short */
function finishDeletion(name: string, options: DeleteOptions): Promise<boolean> {
  return withRedis(options, async (store) => {
    try {
      await store.deleteStudy(name, removerElsewhere(store, options));
    } catch (error) {
      if (isStudyNotFound(error)) return false;
      throw error;
    }
    print(`Deleted the rest of ${name}: an earlier deletion was cut short.`);
    return true;
  });
}

function deleteWhole(name: string, options: DeleteOptions): Promise<boolean> {
  return withStored(options, name, async ({ store }, record) => {
    const view = await viewOf(store, record);
    refuseLive(view, `Stop it first with: ${sameStore(options, "stop", name)}`);
    const folder = options.artifacts === undefined ? notedArtifacts(record) : null;
    const artifacts = folder === null ? store.artifacts : directoryArtifacts(folder);
    const files = await artifacts.list(record.id);
    const content = `${count(view.trials.length, "trial")} and ${count(files.length, "file")}`;
    if (folder !== null && view.trials.some(({ attempt }) => attempt > 0)) warnWhereAbsent(folder, record.id);
    if (options.yes) {
      if (isRedisStore(store)) await store.deleteStudy(name, removerElsewhere(store, options, record.id));
      else await removeWith(artifacts, store, record);
      print(`Deleted ${name}: ${content}.`);
      return true;
    }
    say(`error: this would delete ${name}, begun ${moment(record.createdAtMs)}, with ${content}; nothing was deleted`);
    say(`Delete it with: ${sameStore(options, "delete", name, "--yes")}`);
    return false;
  });
}

/** The study last, as in `deleteStudy`: where this is killed, the same command once more removes the rest. */
async function removeWith(artifacts: Artifacts, store: Store, { name, id }: StudyRecord): Promise<void> {
  await store.note(name, {}); // a store that is only for reading refuses this
  await artifacts.removeStudy(id);
  await store.deleteStudy(name);
}
