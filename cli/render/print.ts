import { maskLocation } from "../../src/store/location.ts";
import { styled } from "./controls.ts";

/** Writes one line, or several, of data to stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes one JSON document to stdout. Figures that JSON does not know are null. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Says something to whoever watches, on stderr; passwords in store locations are masked, and nothing but colours obeyed. */
export function say(text: string): void {
  process.stderr.write(`${styled(maskLocation(text))}\n`);
}
