import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** What of the build decides over proposals. */
const ROOMS = ["random", "numerics", "space", "trial", "samplers", "study"];

const BUILT = fileURLToPath(import.meta.resolve("parzen"));

/**
 * A hash of the build's code, so that curves of a sampler that has changed since are not taken for its own.
 *
 * @param sampler its name; the path of a module is hashed too
 * @param build folder of the rooms
 */
export function codeVersion(sampler: string, build: string = dirname(BUILT)): string {
  const files = ROOMS.flatMap((room) => scriptsIn(join(build, room)));
  const hash = createHash("sha256");
  for (const file of existsSync(sampler) ? [...files, sampler] : files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

/** A hash of a folder of tasks, their code and data, so that curves of what they were before are not taken for theirs. */
export function folderVersion(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".md"))
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((name) => !name.startsWith(`results${sep}`));
  const hash = createHash("sha256");
  for (const name of names.toSorted()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest("hex").slice(0, 12);
}

function scriptsIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".js"))
    .toSorted()
    .map((name) => join(folder, name));
}
