import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { endWithUs, temporaryFolder } from "../cleanup.ts";

/** What a driver measured of the trials after its first ones. */
export interface Driven {
  readonly seconds: number;
  /** Milliseconds from before a trial is handed over until its result is here. */
  readonly p50: number;
  readonly p99: number;
  readonly cpuSeconds: number;
}

/** A process that serves until it is ended, and the lines that it prints after its first one. */
export interface Server {
  readonly heard: Set<(line: string) => void>;
  /** Seconds that it has used. */
  cpuSeconds(): Promise<number>;
  end(): Promise<void>;
}

/** Starts one of the scripts beside this file that serve, and waits until it says that it is ready, or has ended. */
export async function serve(script: string, options: object): Promise<Server> {
  const child = start(script, { ...options, spool: temporaryFolder("bench-spool") });
  const heard = new Set<(line: string) => void>();
  const lines = createInterface({ input: child.stdout! });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${script} ended with ${code} before it was ready`);
  });
  await Promise.race([once(lines, "line"), ended]);
  lines.on("line", (line: string) => {
    for (const each of heard) each(line);
  });
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill();
    const late = setTimeout(() => child.kill("SIGKILL"), 5000);
    await gone;
    clearTimeout(late);
  };
  const cpuSeconds = async (): Promise<number> => {
    child.send("cpu");
    const [seconds] = await once(child, "message");
    return seconds;
  };
  return { heard, cpuSeconds, end };
}

/** Runs one of the scripts that drive. @param warm called when its first trials have ended */
export async function drive<T = Driven>(script: string, options: object, warm = (): void => {}): Promise<T> {
  const child = start(script, options);
  let measured: T | null = null;
  child.on("message", (message: T | "warm") => {
    if (message === "warm") warm();
    else measured = message;
  });
  const [[code]] = await Promise.all([once(child, "exit"), once(child, "disconnect")]); // then all it said was heard
  if (measured === null) throw new Error(`${script} ended with ${code} and told nothing`);
  return measured;
}

/** Plain Node, so that nothing but the build is measured. It ends with this process at the latest. */
function start(script: string, options: object): ChildProcess {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const execArgv = (process.env["BENCH_NODE_OPTIONS"] ?? "").split(" ").filter((option) => option !== "");
  const child = fork(file, [JSON.stringify(options)], { execArgv, stdio: ["ignore", "pipe", "inherit", "ipc"] });
  endWithUs(child);
  return child;
}
