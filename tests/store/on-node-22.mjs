// Runs the tests of the stores on Node 22, which has `node:sqlite`: the store contract then covers both SQLite drivers.
// npm keeps Node itself as a package, so nothing but its registry is needed:
//
//   npm run build && node tests/store/on-node-22.mjs
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "parzen-node-22-"));
const name = `node-${process.platform}-${process.arch}`;
try {
  execFileSync("npm", ["install", "--prefix", folder, "--no-save", `${name}@22`], { stdio: "inherit" });
  const node = join(folder, "node_modules", name, "bin", "node");
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const suites = ["tests/store", "tests/faults/store"];
  process.exitCode = spawnSync(node, [vitest, "run", ...suites], { cwd: root, stdio: "inherit" }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
