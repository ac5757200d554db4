import { maskLocation } from "../../src/store/location.ts";

/** Writes one line, or several, of data to stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes one JSON document to stdout. Figures that JSON does not know are null. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Says something to whoever watches, on stderr; passwords in store locations are masked. */
export function say(text: string): void {
  process.stderr.write(`${maskLocation(text)}\n`);
}
