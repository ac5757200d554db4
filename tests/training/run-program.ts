import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SOURCES = resolve(ROOT, "src");

/** Has a program import the package as it is built, which takes less long to load than its TypeScript. */
const onTheBuiltPackage: Plugin = {
  name: "on the built package",
  setup({ onResolve }) {
    onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) => {
      const file = resolve(resolveDir, path);
      if (!file.startsWith(SOURCES)) return undefined;
      const built = resolve(ROOT, "dist", file.slice(ROOT.length).replace(/ts$/, "js"));
      return { path: pathToFileURL(built).href, external: true };
    });
  },
};

const programs = new Map<string, Promise<string>>();

/** The code of a TypeScript program of `programs/` with all that it imports from the tests. */
function codeOf(name: string): Promise<string> {
  const code = programs.get(name) ?? bundle(fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url)));
  programs.set(name, code);
  return code;
}

async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [program],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    packages: "external",
    plugins: [onTheBuiltPackage],
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** Runs a TypeScript program of `programs/` in a process of its own. */
export async function runProgram(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const code = await codeOf(name);
  const options = { env: { ...process.env, NODE_OPTIONS: "", ...env } };
  const ran = promisify(execFile)(process.execPath, ["--input-type=module", "-", ...args], options);
  ran.child.stdin?.end(code);
  return ran;
}
