import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../src/sweep/package-root.ts";

export function packageVersion(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  return manifest.version;
}
