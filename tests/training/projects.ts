import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** What a project has installed: code of a stand-in, or the folder of a real package. */
export type Installed = { readonly code: string } | { readonly folder: string };

/** Makes projects of their own, with these packages installed; they are removed after the tests of the file. */
export function temporaryProjects(): (packages: { readonly [name: string]: Installed }) => string {
  const root = mkdtempSync(join(tmpdir(), "parzen-peers-"));
  afterAll(() => rmSync(root, { recursive: true }));
  return (packages) => {
    const project = mkdtempSync(join(root, "project-"));
    for (const [name, installed] of Object.entries(packages)) install(join(project, "node_modules", name), installed);
    return project;
  };
}

function install(path: string, installed: Installed): void {
  mkdirSync(dirname(path), { recursive: true });
  if ("folder" in installed) {
    symlinkSync(installed.folder, path);
  } else {
    mkdirSync(path);
    writeFileSync(join(path, "index.js"), installed.code);
  }
}

/** The folder of a package that this one has for its tests only, under a name by which no loader finds it. */
export function packageForTests(name: string): Installed {
  return { folder: fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url)) };
}
