import * as v from "valibot";
import { ParzenError, show } from "../errors.ts";
import type { Checkpoint } from "../trial/context.ts";
import { isCount } from "../trial/option-check.ts";

/** What a checkpoint is called that was saved as bytes alone. */
const ALONE = "checkpoint";

/** The file that makes a checkpoint whole: what its files 0, 1, 2 ... are called. */
const manifest = v.strictObject({ v: v.literal(1), names: v.array(v.string()) });

export function manifestOf(files: Checkpoint["files"]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ v: 1, names: Object.keys(files) }));
}

/** The names in a manifest; null for what is none. */
export function namesIn(bytes: Uint8Array | null): readonly string[] | null {
  if (bytes === null) return null;
  try {
    const checked = v.safeParse(manifest, JSON.parse(new TextDecoder().decode(bytes)));
    return checked.success ? checked.output.names : null;
  } catch {
    return null;
  }
}

/**
 * A copy of what an objective saves, as files by name.
 *
 * @throws ParzenError with code OPTION_INVALID for what no checkpoint can be
 */
export function checkSave(step: unknown, given: unknown): Checkpoint["files"] {
  if (!isCount(0)(step)) throw badSave("step", "0, 1, 2 ...", step);
  if (given instanceof Uint8Array) return { [ALONE]: given.slice() };
  const expected = "bytes, or an object of bytes by name";
  if (typeof given !== "object" || given === null) throw badSave("files", expected, given);
  const copies = Object.entries(given).map(([name, bytes]): [string, Uint8Array] => {
    if (!(bytes instanceof Uint8Array)) throw badSave(`files.${name}`, "bytes", bytes);
    return [name, bytes.slice()];
  });
  return Object.fromEntries(copies);
}

function badSave(part: string, expected: string, received: unknown): ParzenError {
  return new ParzenError(
    "OPTION_INVALID",
    `trial.checkpoint.save(step, files): expected ${part} to be ${expected}, received ${show(received)}`,
  );
}
