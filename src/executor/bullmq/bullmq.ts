import { createRequire } from "node:module";

/**
 * BullMQ, by `require`, since it is CommonJS in many files: an import would first scan them all for names, which takes as
 * long as running them.
 */
export const bullmq: typeof import("bullmq") = createRequire(import.meta.url)("bullmq");
