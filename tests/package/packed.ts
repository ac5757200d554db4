import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const REPOSITORY: string = fileURLToPath(new URL("../..", import.meta.url));

/** The Node that runs the package: this one, or the one that `tests/on-other-nodes.sh` names. */
export const NODE: string = process.env["PARZEN_TEST_NODE"] ?? process.execPath;

export const root: string = mkdtempSync(join(tmpdir(), "parzen-package-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** How a program ended. */
export interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program as an outsider would: without this repository's npm settings, and with `NODE` as the first node. */
export function run(file: string, args: readonly string[], cwd: string): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_)|PARZEN_|VITEST|NODE_|FORCE_COLOR)/i.test(name),
  );
  const path = [dirname(NODE), process.env["PATH"]].join(delimiter);
  const env = { ...Object.fromEntries(inherited), PATH: path, NO_COLOR: "1", HOME: root };
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? null), stdout, stderr });
    });
  });
}

/** The tarball that would be published, from what is built. */
export async function pack(): Promise<string> {
  const args = ["pack", "--ignore-scripts", "--pack-destination", root];
  const packed = await run("npm", args, REPOSITORY);
  const file = readdirSync(root).find((name) => name.endsWith(".tgz"));
  if (file === undefined) throw new Error(`npm pack made no tarball: ${packed.stderr}`);
  return join(root, file);
}

/** Installs a tarball into an empty project. @returns its node_modules */
export async function install(tarball: string): Promise<string> {
  const folder = join(root, "installed");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const cache = (await run("npm", ["config", "get", "cache"], REPOSITORY)).stdout.trim();
  const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--cache", cache, tarball];
  const installed = await run("npm", args, folder);
  if (installed.code !== 0) throw new Error(`npm install failed: ${installed.stderr}`);
  return join(folder, "node_modules");
}

/** A project of its own that shares what is installed. */
export function project(name: string, nodeModules: string, manifest: object): string {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, ...manifest }));
  symlinkSync(nodeModules, join(folder, "node_modules"), "dir");
  return folder;
}
