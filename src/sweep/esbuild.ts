import { createRequire } from "node:module";
import type * as esbuild from "esbuild";

/** By `require`, since the package is CommonJS: `import()` would first scan it for names, which takes longer than running it. */
const require = createRequire(import.meta.url);

/** Loads the bundler where it is needed: most commands, and what was read before, can do without. */
export function loadEsbuild(): typeof esbuild {
  return require("esbuild") as typeof esbuild; // what its types say; `require` knows none
}
