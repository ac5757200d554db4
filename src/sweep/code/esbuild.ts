import { createRequire } from "node:module";

/** By `require`, since it is CommonJS: an import would first scan it for names, which takes longer than running it. */
export const esbuild: typeof import("esbuild") = createRequire(import.meta.url)("esbuild");
