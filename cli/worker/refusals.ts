import type { Store } from "../../src/store/store.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { provenanceOf } from "../../src/sweep/provenance.ts";
import type { StoreOption } from "../options/store-option.ts";
import { sameStore } from "../study/go-on.ts";
import { readNotes } from "../study/notes.ts";
import { versionText } from "../study/version-text.ts";

/** Studies that mean another version of a sweep than this worker has, and gets no trial of. One message each. */
export async function refusalsOf(store: Store, sweep: LoadedSweep, option: StoreOption): Promise<readonly string[]> {
  const studies = await store.listStudies();
  return studies.flatMap((study) => {
    const { objective, version, places } = readNotes(study);
    if (objective !== sweep.name || version === undefined || version === sweep.version) return [];
    return [
      `study "${study.name}" means another version of ${sweep.name}, so this worker takes none of its trials\n` +
        `  accepted: ${versionText(version, places?.[version])}\n` +
        `  here:     ${versionText(sweep.version, provenanceOf(sweep))}\n` +
        `to adopt this one from its next trial on: ${sameStore(option, "accept", study.name, sweep.file)}`,
    ];
  });
}
