import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { shownPath } from "../src/sweep/shown-path.ts";
import { framesOf } from "../src/sweep/stack-frames.ts";

/** The folder of this program, with a separator at its end. */
const OWN = fileURLToPath(new URL("..", import.meta.url));

/** What code of the user's threw where parzen called it, such as a sampler's, with its place; null where parzen threw it. */
export function foreignError(error: unknown): string | null {
  const [frame] = framesOf(error);
  if (frame === undefined || !(error instanceof Error)) return null;
  const { path, line, column } = frame;
  if (path.startsWith(OWN) || path.includes(`${sep}node_modules${sep}`)) return null;
  return `${shownPath(path)}:${line}:${column}: ${error.name}: ${error.message}`;
}
