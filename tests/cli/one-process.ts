import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { MAIN, outsideEnvironment, type Place, type Ran } from "./parzen.ts";

const PROGRAM = fileURLToPath(new URL("programs/commands.mjs", import.meta.url));

/** It ends with this process. */
let program: ChildProcess | null = null;
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the built command line in one process with those before it, which saves starting one for each. For command lines
 * that leave nothing behind but their files.
 */
export function parzenInOne(args: readonly string[], { cwd, env = {} }: Pick<Place, "cwd" | "env">): Promise<Ran> {
  const ran = last.then(() => {
    program ??= fork(PROGRAM, [MAIN], { env: outsideEnvironment() });
    return answer(program, { args, cwd, env: Object.entries(env).map(([name, value]) => [name, value ?? null]) });
  });
  last = ran.catch(() => undefined);
  return ran;
}

function answer(child: ChildProcess, order: object): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      program = null;
      reject(new Error(`the command line ended the process: ${JSON.stringify(order)}`));
    };
    child.once("exit", ended);
    child.once("message", (ran) => {
      child.off("exit", ended);
      resolve(ran as Ran); // all that it sends
    });
    child.send(order);
  });
}
