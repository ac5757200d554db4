import { Command, CommanderError, Help } from "commander";
import { ParzenError, systemReason } from "../src/errors.ts";
import { isExhaustion } from "../src/executor/machine-fault.ts";
import { maskLocation } from "../src/store/location.ts";
import { registersFor } from "./commands/index.ts";
import { EXIT, exitCodeOf } from "./exit.ts";
import { invocation } from "./invocation.ts";
import { withMeant } from "./meant.ts";
import { refuseForgottenValues } from "./options/forgotten-value.ts";
import { packageVersion } from "./package-version.ts";
import { printable } from "./render/controls.ts";

/** Runs one command line. @returns the exit code; every message was printed */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = new Command(invocation())
    .description("Hyperparameter optimization: sweeps, local workers, results that survive anything.")
    .version(packageVersion())
    .configureHelp({ subcommandTerm, minWidthToWrap: 24 })
    .showSuggestionAfterError()
    .enablePositionalOptions();
  let exitCode: number = EXIT.ok;
  const finish = (code: number): void => {
    exitCode = code;
  };
  for (const register of await registersFor(args)) register(program, finish);
  showUsage(program);
  refuseForgottenValues(program, args);
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return await report(error);
  }
}

/** A command in the list of them: that it has options goes without saying, and takes the room of what it does. */
function subcommandTerm(command: Command): string {
  return new Help().subcommandTerm(command).replace(" [options]", "");
}

/** A command line that is wrong is answered with what may have been meant, and how that command is written. */
function showUsage(command: Command): void {
  command.exitOverride().showHelpAfterError(`Usage: ${command.createHelp().commandUsage(command)}`);
  command.configureOutput({ outputError: (message, write) => write(printable(withMeant(command, message))) });
  for (const each of command.commands) showUsage(each);
}

/** Prints an error as one message, without a stack. @returns its exit code */
async function report(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof ParzenError) {
    const hint = error.hint === undefined ? "" : `\n${error.hint}`;
    process.stderr.write(printable(maskLocation(`error: ${error.message}${hint}\n`)));
    return exitCodeOf(error.code);
  }
  if (isExhaustion(error)) {
    // Nothing more is loaded: not even that may be possible.
    const hint = "Mend it and go on: what was stored before is there";
    process.stderr.write(printable(`error: this machine cannot go on: ${systemReason(error)}\n${hint}\n`));
    return EXIT.failed;
  }
  const { foreignError } = await import("./foreign-error.ts");
  const foreign = foreignError(error);
  if (foreign !== null) {
    process.stderr.write(
      printable(maskLocation(`error: ${foreign}\nParzen called it, and cannot go on without it.\n`)),
    );
    return EXIT.usage;
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(maskLocation(`error: this is a fault of parzen itself, please report it\n${details}\n`));
  return EXIT.failed;
}
