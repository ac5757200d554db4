import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** Root of this repository. */
export const ROOT: string = resolve(import.meta.dirname, "../..");

/** How a sweep of a user begins. */
export const IMPORTS = 'import { defineSweep, hp } from "parzen";\n';

/** The package as a user's project sees it, from its sources: a second copy beside the one that is tested. */
const PACKAGE = {
  "node_modules/parzen/package.json": '{"name":"parzen","type":"module","exports":"./index.ts"}',
  "node_modules/parzen/index.ts": `export { defineSweep } from ${JSON.stringify(join(ROOT, "src/sweep/define.ts"))};
export { hp } from ${JSON.stringify(join(ROOT, "src/space/hp.ts"))};
`,
};

/**
 * A user's project in a folder of its own that goes with the test, with the packages `parzen` and `yaml`.
 *
 * @param files text by path
 * @returns its absolute path
 */
export function project(files: { readonly [path: string]: string }): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "parzen-project-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ ...PACKAGE, ...files })) write(join(folder, path), text);
  symlinkSync(join(ROOT, "node_modules/yaml"), join(folder, "node_modules/yaml"));
  return folder;
}

/** Writes a file and the folders above it. */
export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
