import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { ParzenError, thrownMessage } from "../../errors.ts";
import { invalid } from "../../trial/option-check.ts";

/** What is wrong in a file of data. @param at file, or file and line, row or column */
export function dataInvalid(at: string, message: string, cause?: unknown): ParzenError {
  return new ParzenError("DATA_INVALID", `${at}: ${message}`, { cause });
}

/** @throws ParzenError OPTION_INVALID for what is neither a path nor the URL of a file */
export function pathOf(file: string | URL): string {
  if (typeof file === "string") return file;
  if (file instanceof URL && file.protocol === "file:") return fileURLToPath(file);
  throw invalid("file", "a path or the URL of a file", file);
}

/** The texts that an option lists. @throws ParzenError OPTION_INVALID for what is no list */
export function listed(option: string, texts: readonly string[]): readonly string[] {
  if (Array.isArray(texts)) return texts;
  throw invalid(option, "a list of texts", texts);
}

/**
 * A file's bytes, unpacked where it is gzipped.
 *
 * @throws ParzenError DATA_INVALID naming the path
 */
export function readBytes(path: string): Buffer {
  try {
    const bytes = readFileSync(path);
    return isGzip(bytes) ? gunzipSync(bytes) : bytes;
  } catch (error) {
    throw dataInvalid(path, `cannot be read (${thrownMessage(error)})`, error);
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
