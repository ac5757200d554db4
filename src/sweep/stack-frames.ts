import { fileURLToPath } from "node:url";

/** One call of a stack, in a file. Counted from 1. */
export interface Frame {
  /** Absolute. A URL that is no file of this system stays as it is. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A path may have brackets; what stands in some behind a call is code that was made while the program ran. */
const FRAME = /(?:\(|\bat (?:async )?|^)((?:file:\/\/|\/|[A-Za-z]:[\\/])(?:(?!\), <).)*?):(\d+)(?::(\d+))?\)?$/;

/** The calls in files that led to an error, the innermost first; those of Node.js itself are in none. */
export function framesOf(error: unknown): readonly Frame[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.split("\n").flatMap((text) => {
    const [, at, line, column = 1] = FRAME.exec(text.trim()) ?? [];
    return at === undefined ? [] : [{ path: toPath(at), line: Number(line), column: Number(column) }];
  });
}

/** Of a path or URL, without the query that a loader put there; a URL that is no file's of this system stays one. */
export function toPath(at: string): string {
  const bare = at.replace(/\?.*$/, "");
  if (!bare.startsWith("file://")) return bare;
  try {
    return fileURLToPath(bare);
  } catch {
    return bare;
  }
}
