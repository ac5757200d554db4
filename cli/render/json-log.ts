import { stripVTControlCharacters } from "node:util";
import { maskLocation } from "../../src/store/location.ts";

type Write = typeof process.stderr.write;

/** How stderr is written to past `inJsonLog`, while that runs. */
let plain: Write | null = null;

/** Says what happened as one JSON object on a line of stderr, with the time. */
export function sayJson(event: object): void {
  const { stderr } = process;
  const masked = (_key: string, value: unknown): unknown => (typeof value === "string" ? maskLocation(value) : value);
  const line = `${JSON.stringify({ time: new Date().toISOString(), ...event }, masked)}\n`;
  (plain ?? stderr.write).call(stderr, line);
}

/** Says something that is no event, to whoever reads the JSON. */
export function messageJson(text: string): void {
  sayJson({ kind: "message", text: stripVTControlCharacters(text) });
}

/** Runs a command whose stderr a machine reads: what libraries, Node.js or a sweep's module write there is a message too. */
export async function inJsonLog<T>(isJson: boolean, act: () => Promise<T>): Promise<T> {
  if (!isJson) return act();
  const { stderr } = process;
  const { write } = stderr;
  plain = write;
  stderr.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    const text = (typeof chunk === "string" ? chunk : Buffer.from(chunk).toString()).trimEnd();
    if (text !== "") messageJson(text);
    return write.call(stderr, "", ...(rest as [])); // whoever waits is called back once the message is written
  };
  try {
    return await act();
  } finally {
    stderr.write = write;
    plain = null;
  }
}
