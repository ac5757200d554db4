import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { shellQuote, unquoted, wordsOf } from "../../cli/invocation.ts";
import { passwordWarning, storeArguments } from "../../cli/options/store-argument.ts";
import { resumeCommand } from "../../cli/run/resume-command.ts";
import { runCommand } from "../../cli/study/go-on.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { outsideEnvironment } from "./parzen.ts";

beforeEach(() => {
  vi.stubEnv("npm_lifecycle_event", "");
  vi.stubEnv("PATH", outsideEnvironment()["PATH"]);
});
afterEach(() => void vi.unstubAllEnvs());

describe("a word of a printed command", () => {
  const special = [
    "=1+1",
    "~",
    "~ada",
    "!1",
    "a!b",
    "#1",
    "",
    "a\nb",
    "it's",
    "'",
    "*",
    "$HOME",
    "`id`",
    "a b",
    "a\\n",
    "é",
  ];
  const plain = ["a=1", "--lr=1e-4", "+a", "@b", "%1", "a:b", "./a,b"];

  it("is quoted where a shell, zsh as well, would make something else of it", () => {
    for (const word of special) expect(shellQuote(word)).toMatch(/^'/);
    for (const word of plain) expect(shellQuote(word)).toBe(word);
  });

  it("comes through a shell as it was, and is told from others in a command", () => {
    const words = [...special, ...plain];
    const line = words.map(shellQuote).join(" ");
    expect(execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" })).toBe(`${words.join("\0")}\0`);
    expect(wordsOf(line).map(unquoted)).toEqual(words);
  });
});

describe("the store in a printed command", () => {
  it("is left out where the command takes it anyway, and never shows a password", () => {
    const url = "redis://me:secret@host:6379";
    expect(storeArguments(".parzen/parzen.db")).toEqual([]);
    expect(storeArguments(url)).toEqual(["--store", "redis://me:***@host:6379"]);
    expect(passwordWarning(url)).toMatch(/PARZEN_STORE/);
    expect(passwordWarning("redis://host")).toBeNull();
    vi.stubEnv("PARZEN_STORE", url);
    expect(storeArguments(url)).toEqual([]);
    expect(passwordWarning(url)).toBeNull();
    expect(storeArguments(".parzen/parzen.db")).toEqual(["--store", ".parzen/parzen.db"]);
  });

  const noted = (name: string, resume: string) =>
    ({ name, notes: { run: { resume, objective: "a" } }, settings: { maxTrials: 9 } }) as unknown as StudyRecord; // all that is read

  it("is the reader's in a command that was noted elsewhere", () => {
    const cases = [
      ["a", "parzen run a.ts", "x.db", "parzen run a.ts --store x.db -n 9"],
      ["b", "parzen run a.ts -n 5 --store 'my runs.db' --name b", "x.db", "parzen run a.ts -n 9 --store x.db --name b"],
      ["a", "parzen run a.ts --store 'redis://u:***@h'", ".parzen/parzen.db", "parzen run a.ts -n 9"],
    ] as const;
    for (const [name, resume, store, command] of cases) {
      expect(runCommand(noted(name, resume), { store })).toBe(command);
    }
  });

  it("comes with the name that the study has now, and with nothing that only looks like a flag", () => {
    const here = { store: ".parzen/parzen.db" };
    const moved = noted("a.2026-01-02", "parzen run '1 -n 2 --store x/it'\\''s.ts' -n 5");
    expect(runCommand(moved, here)).toBe("parzen run '1 -n 2 --store x/it'\\''s.ts' -n 9 --name a.2026-01-02");
    expect(runCommand(noted("c d", "parzen run a.ts --name b -v"), here)).toBe("parzen run a.ts --name 'c d' -v -n 9");
    const ofProgram = { ...moved, notes: {} };
    expect(runCommand(ofProgram, { store: "x.db" })).toBe("the program that runs it");
  });
});

describe("the sweep in a command that was noted elsewhere", () => {
  it.each([
    ["a.ts", resolve("a.ts"), "a.ts"],
    ["a.ts", "/home/ada/a.ts", "/home/ada/a.ts"],
    ["'my runs/a.ts'", resolve("my runs/a.ts"), "'my runs/a.ts'"],
    ["'it'\\''s/a.ts'", resolve("it's/a.ts"), "'it'\\''s/a.ts'"],
    ["../a.ts", "/home/ada's/a.ts", "'/home/ada'\\''s/a.ts'"],
    ["digits-mlp", "/opt/parzen/search-spaces/digits-mlp.ts", "digits-mlp"],
  ])("%s of %s is %s", (typed, sweep, shown) => {
    const run = { resume: `node ../dist/cli/main.js run ${typed} -v`, objective: "a", sweep };
    const study = { name: "a", notes: { run }, settings: { maxTrials: 9 } } as unknown as StudyRecord; // all that is read
    expect(runCommand(study, { store: ".parzen/parzen.db" })).toBe(`parzen run ${shown} -v -n 9`);
  });
});

describe("the command that resumes", () => {
  it("has the same options, without those that only the first run needs, and is quoted for a shell", () => {
    const flags = { store: "/data/my runs.db", maxTrials: 5, gpus: "0:2", fresh: true, dryRun: true, name: "a'b" };
    expect(resumeCommand("sweeps/one.ts", flags)).toBe(
      `parzen run sweeps/one.ts -n 5 --gpus 0:2 --store '/data/my runs.db' --name 'a'\\''b'`,
    );
    expect(resumeCommand("digits-mlp", { store: ".parzen/parzen.db" })).toBe("parzen run digits-mlp");
    const fleet = { store: "a.db", artifacts: "/shared", parallelism: 8, lock: 5000, logJson: true, metricsPort: 9464 };
    expect(resumeCommand("a.ts", fleet)).toBe(
      "parzen run a.ts --store a.db --artifacts /shared --parallelism 8 --lock 5000ms --metrics-port 9464 --log-json",
    );
  });

  it("repeats every flag that a run which goes on needs, and the folder of files that the environment does not name", () => {
    const search = { slots: 2, seed: 0, sampler: "tpe", timeout: "10m", join: true, json: true, verbose: true };
    const given = { store: "a.db", from: ["old"], ...search };
    expect(resumeCommand("a.ts", given)).toBe(
      "parzen run a.ts --slots 2 --seed 0 --sampler tpe --timeout 10m --store a.db --join --json --verbose",
    );
    expect(
      resumeCommand("a.ts", { store: "a.db", verbose: true }, { from: ["b", "c"], fresh: true, verbose: false }),
    ).toBe("parzen run a.ts --store a.db --from b --from c --fresh");
    vi.stubEnv("PARZEN_ARTIFACTS", "/shared");
    expect(resumeCommand("a.ts", { store: "a.db", artifacts: "/shared" })).toBe("parzen run a.ts --store a.db");
  });

  it("names the pruner that a flag chose", () => {
    const flags = { store: "s.db", pruner: "median", fresh: true };
    expect(resumeCommand("train.yaml", flags)).toBe("parzen run train.yaml --pruner median --store s.db");
  });
});
