// Puts those parts of the charting library that are used into `dist/plots/echarts.js`, and its licences beside it, so that
// the package needs no other of sixty megabytes. Part of `npm run build`, after the compiler.
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const LICENCES = {
  echarts: ["LICENSE", "NOTICE", "licenses/LICENSE-d3"],
  zrender: ["LICENSE"],
};

const plots = fileURLToPath(new URL("../dist/plots/", import.meta.url));
const file = join(plots, "echarts.js");
const options = { bundle: true, format: "esm", platform: "node", minify: true, logLevel: "error" };
await build({ ...options, entryPoints: [file], outfile: file, allowOverwrite: true });

const { resolve } = createRequire(import.meta.url);
mkdirSync(join(plots, "licences"), { recursive: true });
for (const [name, texts] of Object.entries(LICENCES)) {
  const folder = dirname(resolve(`${name}/package.json`));
  for (const text of texts)
    copyFileSync(join(folder, text), join(plots, "licences", `${name}-${text.replace(/.*\//, "")}`));
}
