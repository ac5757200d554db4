import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import { corrupt } from "./stored-json.ts";

const deflate = promisify<Buffer, Buffer>(deflateRaw);
const inflate = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(inflateRaw);

/** A log has 64 kB; as JSON, which keeps every character of it, each may become six. */
const MAX_BYTES = 6 * 64 * 1024 + 1024;

/** A log for Redis: JSON, deflated; '' for none. */
export async function deflateLog(log: string): Promise<Buffer | ""> {
  return log === "" ? "" : deflate(Buffer.from(JSON.stringify(log)));
}

/** @throws STORE_CORRUPT */
export async function inflateLog(stored: Buffer | null, key: string): Promise<string> {
  if (stored === null) return "";
  let log: unknown;
  try {
    log = JSON.parse((await inflate(stored, { maxOutputLength: MAX_BYTES })).toString());
  } catch (cause) {
    throw corrupt(key, "what is no log", cause);
  }
  if (typeof log === "string") return log;
  throw corrupt(key, "what is no log");
}
