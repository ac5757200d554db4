import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import type { Evaluation, Watch } from "../../src/executor/executor.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { evaluate, PidFile, taskOf } from "../faults/executor-run.ts";

const space = compileSpace({
  lr: hp.uniform(0, 1),
  optimizer: hp.choice([{ type: "sgd", momentum: hp.uniform(0, 1) }, { type: "adam" }]),
});
const sgd = { lr: 0.5, optimizer: 0, "optimizer.sgd.momentum": 0.25 };

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "parzen-test-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface How {
  readonly watch?: Partial<Watch>;
  readonly cwd?: string;
  readonly metric?: string;
  readonly graceMs?: number;
  readonly purpose?: "search" | "test";
}

async function runArgv(argv: readonly string[], how: How = {}): Promise<Evaluation> {
  const { cwd = directory, metric = "loss", graceMs = 5000, purpose = "search" } = how;
  const pool = processPool({ source: { kind: "command", argv, cwd, metric, space }, graceMs });
  try {
    return await evaluate(pool, taskOf(sgd, { trial: 7, seed: 5, studySeed: 6, purpose }), how.watch);
  } finally {
    await pool.close();
  }
}

/** Runs a script of Node as the command. */
const run = (script: string, how: How = {}): Promise<Evaluation> =>
  runArgv([process.execPath, "-e", script.replaceAll("{", "{{").replaceAll("}", "}}")], how);

describe("a command", () => {
  it("gets its arguments without a shell, inactive ones dropped", async () => {
    const script =
      "console.log(JSON.stringify({{loss: 0, argv: process.argv.length}}), process.argv.slice(1).join('|'))";
    const argv = [process.execPath, "-e", script, "--", "$HOME;{lr}", "--m={optimizer.momentum}", "{args}"];
    const { log } = await runArgv(argv);
    expect(log).toContain("$HOME;0.5|--m=0.25|--lr=0.5|--optimizer.type=sgd|--optimizer.momentum=0.25");
  });

  it("gets its params and its trial in the environment, and runs where it should", async () => {
    const script = `const e = process.env; console.log("loss=1", e.PARZEN_PARAMS, e.PARZEN_PARAM_OPTIMIZER_MOMENTUM,
      e.PARZEN_TRIAL, e.PARZEN_STUDY, e.PARZEN_SEED, e.PARZEN_STUDY_SEED, e.PARZEN_ATTEMPT, e.PARZEN_PURPOSE, process.cwd())`;
    const { log } = await run(script);
    const params = JSON.stringify({ lr: 0.5, optimizer: { type: "sgd", momentum: 0.25 } });
    expect(log).toContain(`loss=1 ${params} 0.25 7 s 5 6 1 search ${directory}`);
  });

  it("fails with its exit code and its last words, which the log keeps", async () => {
    const { outcome, log } = await run(`console.log("loss=1"); console.error("no GPU left"); process.exit(3)`);
    expect(outcome).toEqual({ kind: "failed", reason: "error", message: "exited with code 3: no GPU left" });
    expect(log).toContain("loss=1");
    expect(log).toContain("no GPU left");
  });

  it("fails with its last words also where it prints them in colour, and resets that on a line of its own", async () => {
    const { outcome } = await run(`console.error("\\x1b[31mno GPU left\\n\\x1b[0m"); process.exit(3)`);
    expect(outcome).toEqual({ kind: "failed", reason: "error", message: "exited with code 3: no GPU left" });
  });

  it("fails with the error that a runtime prints above its stack", async () => {
    const { outcome } = await run(`throw new RangeError("too many layers")`);
    expect(outcome).toMatchObject({ reason: "error", message: "exited with code 1: RangeError: too many layers" });
  });

  it.each([
    ["SIGSEGV", "crash", /was ended by SIGSEGV/],
    ["SIGKILL", "crash", /killed by SIGKILL from outside/],
  ])("that dies of %s says so", async (signal, reason, message) => {
    const { outcome } = await run(`process.kill(process.pid, "${signal}"); setInterval(() => {}, 1000)`);
    expect(outcome).toEqual({ kind: "failed", reason, message: expect.stringMatching(message) });
  });

  it("that is not there is the machine's fault", async () => {
    const { outcome } = await runArgv(["no-such-program-anywhere"]);
    const message = "command not found: no-such-program-anywhere";
    expect(outcome).toEqual({ kind: "lost", machine: true, message });
  });

  it("whose interpreter is not there says so", async () => {
    const file = join(directory, "lost.sh");
    writeFileSync(file, "#!/no/such/interpreter\n", { mode: 0o755 });
    const message = `could not start ${file}: the interpreter that its first line names is not there`;
    expect((await runArgv([file])).outcome).toEqual({ kind: "lost", machine: true, message });
  });

  it("that is no program is the machine's fault", async () => {
    const file = join(directory, "data.txt");
    writeFileSync(file, "no program");
    expect((await runArgv([file])).outcome).toMatchObject({
      kind: "lost",
      machine: true,
      message: expect.stringMatching(/^not allowed to run .*executable\?$/),
    });
  });

  it("whose files have no place is the machine's fault, which says so", async () => {
    const root = join(directory, "in-the-way");
    writeFileSync(root, "no folder");
    const { outcome } = await run("console.log('loss=1')", {
      watch: { files: directoryArtifacts(root).of("s", 7, 1) },
    });
    const message = `the trial's files in ${join(root, "s", "7")} cannot be written: not a directory`;
    expect(outcome).toEqual({ kind: "lost", machine: true, message });
  });

  it("whose directory is not there says so", async () => {
    const { outcome } = await runArgv(["true"], { cwd: join(directory, "absent") });
    expect(outcome).toMatchObject({ machine: true, message: expect.stringMatching(/absent does not exist/) });
  });

  it("whose metric is NaN is invalid, and says so", async () => {
    const { outcome } = await run(`console.log('{"loss": NaN}')`);
    expect(outcome).toMatchObject({
      reason: "invalid",
      message: "the command's loss is NaN; expected a finite number",
    });
  });

  it.each(['"0.5"', "true", "[0.5]", '{"value":0.5}'])("whose metric is %s is invalid, and says so", async (loss) => {
    const { outcome } = await run(`console.log('{"loss":${loss}}'); console.log("done")`);
    expect(outcome).toMatchObject({
      reason: "invalid",
      message: `the command's loss is ${loss}; expected a finite number`,
    });
  });

  it.each([
    ["console.log('\\x1b[32mloss=0.25\\x1b[0m')", {}],
    [
      "console.log('\\x1b[1m' + JSON.stringify({ loss: 0.25, accuracy: 0.9 }) + '\\x1b[0m')",
      { metrics: { accuracy: 0.9 } },
    ],
  ])("may print its metric in colour: %s", async (script, others) => {
    expect(await run(script)).toMatchObject({ outcome: { kind: "complete", losses: [0.25], ...others } });
  });

  it("without its metric is invalid, and learns how to give it", async () => {
    const { outcome } = await run(`console.log("done")`, { metric: "val_loss" });
    expect(outcome).toMatchObject({
      reason: "invalid",
      message: expect.stringMatching(/gave no "val_loss".*val_loss=0\.1/),
    });
  });

  it("reads a last line of 200 kB, and refuses one of more than 1 MB instead of what it reported", async () => {
    const lineOf = (bytes: number): string => `
      fs.writeFileSync(process.env.PARZEN_REPORT_FILE, '{"step":0,"loss":2}');
      console.log(JSON.stringify({ loss: 0.5, curve: "x".repeat(${bytes}) }))`;
    expect((await run(lineOf(200_000))).outcome).toEqual({ kind: "complete", losses: [0.5] });
    expect((await run(lineOf(1_100_000))).outcome).toMatchObject({
      reason: "invalid",
      message: expect.stringContaining("last line is longer than 1 MB"),
    });
    const bar = `process.stdout.write("\\r.".repeat(600_000) + "\\nloss=0.25\\n")`;
    expect((await run(bar)).outcome).toEqual({ kind: "complete", losses: [0.25] });
  });

  it("gives its last report where it prints no metric", async () => {
    const script = `fs.writeFileSync(process.env.PARZEN_REPORT_FILE, '{"step":0,"loss":2}\\n{"step":4,"loss":1.5}')`;
    const given: unknown[] = [];
    const report: Watch["report"] = async (reports) => {
      given.push(...reports);
      return "continue";
    };
    const { outcome } = await run(script, { watch: { report } });
    expect(outcome).toEqual({ kind: "complete", losses: [1.5] });
    expect(given).toEqual([
      { step: 0, value: 2 },
      { step: 4, value: 1.5 },
    ]);
  });

  it("passes on together, and in order, what it reported at once", async () => {
    const lines = `Array.from({ length: 3000 }, (_, step) => JSON.stringify({ step, loss: 1 / (step + 1) }) + "\\n").join("")`;
    const sizes: number[] = [];
    const steps: number[] = [];
    const report: Watch["report"] = async (reports) => {
      sizes.push(reports.length);
      steps.push(...reports.map(({ step }) => step));
      return "continue";
    };
    const script = `fs.writeFileSync(process.env.PARZEN_REPORT_FILE, ${lines})`;
    expect((await run(script, { watch: { report } })).outcome).toEqual({ kind: "complete", losses: [1 / 3000] });
    expect(steps).toEqual(Array.from({ length: 3000 }, (_, step) => step));
    expect(sizes.length).toBeLessThan(5);
  });

  it("is ended while it runs when a report says prune", async () => {
    const script = `fs.appendFileSync(process.env.PARZEN_REPORT_FILE, '{"step":2,"loss":2}\\n'); setInterval(() => {}, 1000)`;
    const { outcome } = await run(script, { watch: { report: async () => "prune" } });
    expect(outcome).toEqual({ kind: "pruned", step: 2 });
  });

  it.each([
    ["a directory", `fs.mkdirSync(path)`],
    ["a pipe", `require("node:child_process").execFileSync("mkfifo", [path])`],
    ["a device", `fs.symlinkSync("/dev/zero", path)`],
    ["a link to itself", `fs.symlinkSync(path, path)`],
  ])("that makes %s of its report file gives no reports, and nothing else is lost", async (_what, act) => {
    const script = `const path = process.env.PARZEN_REPORT_FILE; ${act}; setTimeout(() => console.log("loss=1"), 250)`;
    expect((await run(script)).outcome).toEqual({ kind: "complete", losses: [1] });
  });

  it("leaves no staged folder, also where nothing in it could be kept", async () => {
    const script = `fs.writeFileSync(process.env.PARZEN_ARTIFACTS_DIR + "/no name~", ""); console.log("loss=1");
      console.log(process.env.PARZEN_ARTIFACTS_DIR)`;
    const argv = [process.execPath, "-e", script];
    const pool = processPool({ source: { kind: "command", argv, cwd: directory, metric: "loss", space } });
    try {
      const { outcome, log } = await evaluate(pool, taskOf(sgd));
      expect(outcome.kind).toBe("complete");
      const folder = log.trim().split("\n").at(-1) ?? "";
      expect(folder).toContain(tmpdir());
      expect(existsSync(folder)).toBe(false);
    } finally {
      await pool.close();
    }
  });

  it.each(["process.env.PARZEN_ARTIFACTS_DIR", "require('node:path').dirname(process.env.PARZEN_REPORT_FILE)"])(
    "keeps its result where what it left in %s cannot be removed",
    async (place) => {
      // A path that is too long for the system; a folder without permission to write is as bad, but not for root.
      const script = `process.chdir(${place}); console.log(process.cwd()); console.log("loss=1");
        for (let depth = 0; depth < 20; depth++) { fs.mkdirSync("d".repeat(250)); process.chdir("d".repeat(250)); }`;
      const argv = [process.execPath, "-e", script.replaceAll("{", "{{").replaceAll("}", "}}")];
      const pool = processPool({ source: { kind: "command", argv, cwd: directory, metric: "loss", space } });
      const { outcome, log } = await evaluate(pool, taskOf(sgd));
      await pool.close();
      expect(outcome).toEqual({ kind: "complete", losses: [1] });
      execFileSync("rm", ["-r", dirname(log.split("\n")[0] ?? "")]);
    },
  );

  it("leaves nothing behind when it ends, whatever it started", async () => {
    const pids = new PidFile();
    try {
      const stubborn = new URL("../fixtures/objectives/stubborn.mjs", import.meta.url).pathname;
      const script = `const { spawn } = require("node:child_process");
        spawn(process.execPath, ["${stubborn}", "${pids.path}", "1"], { detached: true, stdio: "inherit" }).unref();
        const look = setInterval(() => {
          const text = fs.existsSync("${pids.path}") ? fs.readFileSync("${pids.path}", "utf8") : "";
          if (text.split("\\n").length > 2) { clearInterval(look); console.log("loss=1"); }
        }, 20);`;
      expect((await run(script)).outcome).toEqual({ kind: "complete", losses: [1] });
      expect(pids.pids().length).toBe(2);
      expect(await pids.living()).toEqual([]);
    } finally {
      await pids.remove();
    }
  });

  it("that knows a test gives its figures; one that does not is not taken at its word", async () => {
    const told = await run(`console.log('{"loss": 1, "test": {"accuracy": 0.9}}')`, { purpose: "test" });
    expect(told.outcome).toEqual({ kind: "complete", losses: [0], metrics: { accuracy: 0.9 } });
    const untold = await run(`console.log('{"loss": 1}')`, { purpose: "test" });
    expect(untold.outcome).toMatchObject({ reason: "invalid", message: expect.stringMatching(/has no test/) });
  });
});
