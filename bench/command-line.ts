import { type ParseArgsConfig, parseArgs } from "node:util";
import { thrownMessage } from "../src/errors.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What `parseArgs` makes of options. */
type Values<T extends Options> = ReturnType<typeof parseArgs<{ readonly options: T }>>["values"];

type Known = Readonly<Record<string, readonly string[]>>;

/**
 * The options that a script was called with. Where they cannot be understood, or help is asked for, it says which there
 * are and ends the process.
 *
 * @param call how the script is called
 * @param options one whose default is a whole number takes nothing else, nor one of several with commas between
 * @param known all that an option may be, by its name
 */
export function commandLine<const T extends Options>(call: string, options: T, known: Known = {}): Values<T> {
  if (process.argv.includes("--help")) return end(0, usage(call, options));
  try {
    const { values } = parseArgs({ options });
    checkNumbers(options, values);
    checkKnown(known, values);
    return values;
  } catch (error) {
    return end(2, `${thrownMessage(error)}\n\n${usage(call, options)}`);
  }
}

function end(code: number, text: string): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}

const NUMBER = /^\d+$/;
const NUMBERS = /^\d+(,\d+)+$/;

function checkNumbers(options: Options, values: Readonly<Record<string, unknown>>): void {
  for (const [name, { default: usual }] of Object.entries(options)) {
    const first = String([usual].flat()[0]);
    const isList = NUMBERS.test(first);
    if (!isList && !NUMBER.test(first)) continue;
    const isRight = (text: string): boolean => NUMBER.test(text) || (isList && NUMBERS.test(text));
    const wrong = [values[name]].flat().find((text) => !isRight(String(text)));
    const expected = `${isList ? "whole numbers" : "a whole number"} such as ${first}`;
    if (wrong !== undefined) throw new Error(`--${name}: expected ${expected}, received ${wrong}`);
  }
}

function checkKnown(known: Known, values: Readonly<Record<string, unknown>>): void {
  for (const [name, names] of Object.entries(known)) {
    const stray = [values[name] ?? []].flat().find((text) => !names.includes(String(text)));
    if (stray !== undefined) throw new Error(`--${name} ${stray}: expected one of ${names.join(", ")}`);
  }
}

function usage(call: string, options: Options): string {
  const lines = Object.entries(options).map(([name, { type, multiple, default: usual }]) => {
    const value = type === "string" ? " VALUE" : "";
    const again = multiple ? ", may come again" : "";
    return `  --${name}${value}${again}${usual === undefined ? "" : ` (${usual})`}`;
  });
  return `${call} [options]\n\n${lines.join("\n")}`;
}

/** Does a script's work. An error becomes its message and the exit code 1. */
export async function work(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(thrownMessage(error));
    process.exit(1); // children may be waiting
  }
}
