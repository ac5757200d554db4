import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "../cleanup.ts";

const CLI = new URL("../../dist/cli/main.js", import.meta.url).pathname;

/** A command of the CLI at work. */
export interface Command {
  readonly ended: Promise<unknown>;
  readonly code: number | null;
  /** Everything so far, of both streams. */
  readonly printed: string;
  /** @throws with all that it printed, where it has ended */
  check(): void;
  /** Resolves when it has printed a text. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  end(): Promise<void>;
}

export function start(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  endWithUs(child);
  let printed = "";
  const note = (chunk: Buffer): void => {
    printed += chunk.toString();
  };
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  const ended = once(child, "close");
  const check = (): void => {
    if (child.exitCode !== null) throw new Error(`${args.join(" ")} ended:\n${printed}`);
  };
  return {
    ended,
    get code() {
      return child.exitCode;
    },
    get printed() {
      return printed;
    },
    check,
    says: async (text) => {
      while (!printed.includes(text)) {
        check();
        await sleep(20);
      }
    },
    kill: (signal) => {
      child.kill(signal);
    },
    end: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
