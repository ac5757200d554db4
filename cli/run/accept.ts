import type { StoreOption } from "../options/store-option.ts";
import { print } from "../render/print.ts";
import { asStored, readNotes } from "../study/notes.ts";
import { withStored } from "../study/study-argument.ts";
import { versionText } from "../study/version-text.ts";
import { refuseChanges } from "./changes.ts";
import { codeChanges } from "./code-changes.ts";
import { planRun } from "./plan.ts";
import { notesOf } from "./plan-notes.ts";

/**
 * `parzen accept`: the study's trials mean this version of the objective from now on, also those that wait already.
 *
 * @throws STUDY_CHANGED where more than the objective is another one
 */
export async function accept(name: string, typed: string, options: StoreOption): Promise<void> {
  await withStored(options, name, async ({ store }, record) => {
    const plan = await planRun(typed, { ...options, name: record.name });
    await refuseChanges(store, record, plan);
    const before = readNotes(record);
    const { resume, limits, ...after } = notesOf(plan, before);
    await store.note(
      record.name,
      asStored({ ...after, resume: before.resume ?? resume, limits: before.limits ?? limits }),
    );
    if (before.version === after.version) {
      print(`${record.name} runs this objective already: ${versionText(after.version, after.places[after.version])}`);
      return;
    }
    const was = before.version === undefined ? "nothing" : versionText(before.version, before.places?.[before.version]);
    print(`${record.name} runs ${versionText(after.version, after.places[after.version])} from its next trial on`);
    print(`before: ${was}`);
    for (const line of codeChanges(before, plan.sweep)) print(`  ${line}`);
  });
}
