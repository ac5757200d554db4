import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package's package.json: compiled code lies deeper than its source. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isPackage(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function isPackage(folder: string): boolean {
  try {
    const manifest: { name?: unknown } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return manifest.name === "parzen";
  } catch {
    return false; // most folders have none
  }
}
