import type { Command } from "commander";
import { readText } from "./option-value.ts";

/** Those that say what they take instead, where it is no column. */
const OF_COLUMNS: readonly string[] = ["sort", "filter"];

/** `-5` and `-.5s` are values, however wrong, and `-` is stdin or stdout. */
const LIKE_AN_OPTION = /^-[^\d.]/;

/**
 * Has an option that needs a value refuse the next option as such, as in `-o --json`, in a command and those below it. A
 * value that does begin so can be given as `--study=-x`.
 *
 * @param args as they were typed
 */
export function refuseForgottenValues(command: Command, args: readonly string[]): void {
  for (const option of command.options) {
    if (!option.required || OF_COLUMNS.includes(option.attributeName())) continue;
    const { parseArg } = option;
    option.argParser((text: string, earlier: unknown): unknown => {
      const value = parseArg === undefined ? text : parseArg(text, earlier); // it may say better what it expects
      if (LIKE_AN_OPTION.test(text) && args.includes(text)) readText(text);
      return value;
    });
  }
  for (const each of command.commands) refuseForgottenValues(each, args);
}
