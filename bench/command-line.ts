import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What `parseArgs` makes of options. */
type Values<T extends Options> = ReturnType<typeof parseArgs<{ readonly options: T }>>["values"];

/**
 * The options that a script was called with. Where they cannot be understood, or help is asked for, it says which there
 * are and ends the process.
 *
 * @param call how the script is called
 * @param options one whose default is a whole number, or several with commas between, takes nothing else
 */
export function commandLine<const T extends Options>(call: string, options: T): Values<T> {
  if (process.argv.includes("--help")) return end(0, usage(call, options));
  try {
    const { values } = parseArgs({ options });
    checkNumbers(options, values);
    return values;
  } catch (error) {
    return end(2, `${error instanceof Error ? error.message : error}\n\n${usage(call, options)}`);
  }
}

function end(code: number, text: string): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}

const NUMBERS = /^\d+(,\d+)*$/;

function checkNumbers(options: Options, values: Readonly<Record<string, unknown>>): void {
  for (const [name, { default: usual }] of Object.entries(options)) {
    if (![usual].flat().some((text) => NUMBERS.test(String(text)))) continue;
    const wrong = [values[name]].flat().find((text) => !NUMBERS.test(String(text)));
    if (wrong !== undefined) throw new Error(`--${name}: expected whole numbers such as ${usual}, received ${wrong}`);
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
