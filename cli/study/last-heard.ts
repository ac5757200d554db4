import type { HeardWorker } from "../../src/store/worker-record.ts";
import { remaining } from "../render/figure.ts";

/** Twice as long as a worker that lives and reaches the store goes without a word. */
const SILENT_MS = 10_000;

/** Says of a worker that it may be gone, or cut off; null where it was heard just now. */
export function lastHeard({ silentMs }: HeardWorker): string | null {
  return silentMs < SILENT_MS ? null : `last heard ${remaining(silentMs)} ago`;
}
