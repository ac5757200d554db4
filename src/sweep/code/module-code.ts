import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { Loader } from "esbuild";
import { sha256 } from "../sha256.ts";
import type { LocalModule } from "./bundle.ts";

/** What a module's file holds. */
export interface ModuleCode extends LocalModule {
  /** sha-256, hex, of the file as it is. */
  readonly digest: string;
  /** sha-256, hex, of what counts for the version: code as it runs, without comments and types. */
  readonly hash: string;
}

/** @param module where it was read before and its file is still the same, its hash is not worked out again */
export async function readCode(module: LocalModule | ModuleCode): Promise<ModuleCode> {
  const { name, path, isExact } = module;
  const content = await readFile(path);
  const digest = sha256(content);
  const isSame = "digest" in module && module.digest === digest;
  const hash = isSame ? module.hash : await hashCode(path, content);
  return { name, path, isExact, size: content.length, digest, hash };
}

const CODE = new Map<string, Loader>([
  [".ts", "ts"],
  [".mts", "ts"],
  [".cts", "ts"],
  [".tsx", "tsx"],
  [".js", "js"],
  [".mjs", "js"],
  [".cjs", "js"],
  [".jsx", "jsx"],
]);

/** Of what the code does: comments, types and layout change nothing. */
async function hashCode(path: string, content: Buffer): Promise<string> {
  const loader = CODE.get(extname(path));
  if (loader === undefined) return sha256(content);
  const { esbuild } = await import("./esbuild.ts"); // what was read before can do without
  const { code } = await esbuild.transform(content.toString("utf8"), {
    loader,
    minifyWhitespace: true,
    legalComments: "none",
    target: "esnext",
    tsconfigRaw: {},
  });
  return sha256(code);
}
