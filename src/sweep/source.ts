import { type Position, SweepError, type SweepFault } from "./sweep-error.ts";

/** The file that a definition was read from. */
export interface SweepSource {
  /** As messages show it. */
  readonly file: string;
  readonly kind: "module" | "yaml";
  readonly text: string;
  /**
   * Where a part of the definition stands; null where the file does not tell.
   *
   * @param keys from the root, e.g. `["space", "lr", "uniform", "0"]`; where one is missing, its nearest parent counts
   */
  locate(keys: readonly string[], part: "key" | "value"): Position | null;
}

interface Fault extends Omit<SweepFault, "file" | "path"> {
  readonly part?: "key" | "value";
  /** The path that the message names, where it is not that of the keys. */
  readonly path?: string;
}

/** The error for one key of a definition. */
export function fail(source: SweepSource, keys: readonly string[], fault: Fault): SweepError {
  const { part = "value", path = keys.join("."), position = source.locate(keys, part), ...rest } = fault;
  return new SweepError({ ...rest, file: source.file, path, position });
}
