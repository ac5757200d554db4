import type { Artifacts, TrialFiles } from "./artifacts.ts";
import { checkFileName, trialFolder } from "./file-name.ts";

/** Files that end with their process. Bytes are copied in and out. */
export function memoryArtifacts(): Artifacts {
  const studies = new Map<string, Map<string, Uint8Array>>();
  return {
    of: (study, trial) => memoryFiles(studies, study, `${trialFolder(trial)}/`),
    begin: async () => undefined,
    list: async (study) => [...(studies.get(study)?.keys() ?? [])].sort(),
    removeStudy: async (study) => {
      studies.delete(study);
    },
    collect: async (study, given) => {
      const files = [...(studies.get(study)?.keys() ?? [])];
      const numbers = await given.count();
      const strays = new Set(files.map((key) => Number.parseInt(key, 10)).filter((trial) => trial >= numbers));
      for (const trial of strays) await memoryFiles(studies, study, `${trial}/`).remove();
      return strays.size;
    },
  };
}

function memoryFiles(studies: Map<string, Map<string, Uint8Array>>, study: string, prefix: string): TrialFiles {
  const own = (): string[] => [...(studies.get(study)?.keys() ?? [])].filter((key) => key.startsWith(prefix));
  return {
    directory: null,
    write: async (name, bytes) => {
      checkFileName(name);
      const files = studies.get(study) ?? new Map<string, Uint8Array>();
      studies.set(study, files.set(prefix + name, bytes.slice()));
    },
    read: async (name) => {
      checkFileName(name);
      return (
        studies
          .get(study)
          ?.get(prefix + name)
          ?.slice() ?? null
      );
    },
    list: async () =>
      own()
        .map((key) => key.slice(prefix.length))
        .sort(),
    removeFile: async (name) => {
      checkFileName(name);
      studies.get(study)?.delete(prefix + name);
    },
    remove: async () => {
      for (const key of own()) studies.get(study)?.delete(key);
    },
  };
}
