import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { SETTINGS, specOf } from "../store/fixtures.ts";

const WRITER = fileURLToPath(new URL("store-writer.mjs", import.meta.url));

export interface StoreProcess {
  /** What it has acknowledged so far, as `<verb> <number>`. */
  readonly lines: () => readonly string[];
  /** Resolves when it has acknowledged so much, or with its end. */
  readonly until: (lines: number) => Promise<void>;
  /** Resolves when it is gone; rejects where it ended by itself in any other way than well. */
  readonly ended: Promise<void>;
  kill(): void;
}

/** Starts `store-writer.mjs` on a store. @param task `write` until killed, or `race` for `count` numbers */
export function startProcess(task: "write" | "race", path: string, study: string, count = 0): StoreProcess {
  const env = { ...process.env, STUDY_SPEC: JSON.stringify(specOf(study)), STUDY_SETTINGS: JSON.stringify(SETTINGS) };
  const child = spawn(process.execPath, [WRITER, task, path, study, String(count)], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended = endOf(child);
  // What comes after the last line break was cut off by the kill.
  const lines = (): readonly string[] => output.split("\n").slice(0, -1);
  const acknowledged = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (lines().length >= count) resolve();
      };
      child.stdout.on("data", look);
      look();
    });
  return {
    lines,
    until: (count) => Promise.race([acknowledged(count), ended]),
    ended,
    kill: () => child.kill("SIGKILL"),
  };
}

function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<void> {
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code, signal) => {
      if (code === 0 || signal === "SIGKILL") resolve();
      else reject(new Error(`the process ended with ${code ?? signal}: ${errors}`));
    });
  });
}
