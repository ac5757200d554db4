import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, MAIN, outsideEnvironment, type Ran } from "./parzen.ts";

function validate(name: string, text: string): Promise<Ran> {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, name), text);
  writeFileSync(join(cwd, "train.sh"), "");
  return parzenInOne(["validate", name], { cwd });
}

it("run tells every fault of a sweep, as validate does", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "s.yaml"), "foo: 1\ncommand: [x]\nspace: { x: { uniform: [1, 0] } }\nmaxTrials: 0\n");
  const ran = await parzenInOne(["run", "s.yaml"], { cwd });
  expect(ran).toMatchObject({ code: 2, stderr: (await parzenInOne(["validate", "s.yaml"], { cwd })).stderr });
  expect(ran.stderr.match(/^error: s\.yaml:[134]:/gm)).toHaveLength(3);
});

it("tells every key that is unknown, and that the space is missing", async () => {
  const { stderr } = await validate("s.yaml", "foo: 1\nbar: 2\ncommand: [x]\n");
  expect(stderr.match(/^error: .*/gm)).toEqual([
    "error: s.yaml:1:1: foo: unknown key",
    'error: s.yaml:1:1: the key "space" is missing',
    "error: s.yaml:2:1: bar: unknown key",
  ]);
});

it("tells the first faults of a file that has very many, as one of data may", async () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `  "row ${i}": 1`).join(",\n");
  const { code, stderr } = await validate("rows.json", `{\n${keys}\n}\n`);
  expect(code).toBe(2);
  expect(stderr.match(/^error: rows\.json:\d+:3: row \d+: unknown key$/gm)).toHaveLength(20);
  expect(stderr).toMatch(/\nerror: rows\.json: it may have more faults, which show once these are mended\n$/);
});

describe("parzen validate", () => {
  it("tells what a sweep is: its space, and the command of one trial", async () => {
    const ran = await validate(
      "grid.yaml",
      `command: [sh, train.sh, "--lr={lr}", "--act={act}"]
space:
  lr: { quniform: [0.1, 0.5, 0.1] }
  act: { choice: [relu, tanh] }
defaults: { lr: 0.2, act: tanh }
`,
    );
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^grid can be run\./);
    expect(ran.stdout).toMatch(/2 dimensions, 10 configurations/);
    expect(ran.stdout).toMatch(/sh train\.sh --lr=0\.2 --act=tanh/);
    expect(ran.stderr).toBe("Run it with: parzen run grid.yaml\n");
  });

  it("names faults with their lines, not only the first, and nothing that only follows from one", async () => {
    const ran = await validate(
      "wrong.yaml",
      `command: [python3, train.py, "--lr={lr}", "--epochs={fidelity}"]
maxTrails: 20
space:
  lr: { loguniform: [0.1, 0.0001] }
  units: { quniform: [8, 64] }
  optimizer:
    choice:
      - { type: sgd, momentum: { uniform: [0, 1] } }
      - { type: adam, beta: { unifrom: [0, 1] } }
slots: many
direction: down
defaults: { lr: 7 }
fidelity: { name: epochs, min: 30, max: 20 }
`,
    );
    expect(ran.code).toBe(2);
    expect(ran.stdout).toBe("");
    const faults = ran.stderr.split("\n").filter((line) => line.startsWith("error: "));
    expect(faults.map((line) => /^error: (wrong\.yaml:\d+):\d+: ([\w.]+)/.exec(line)?.slice(1))).toEqual([
      ["wrong.yaml:2", "maxTrails"],
      ["wrong.yaml:4", "space.lr"],
      ["wrong.yaml:5", "space.units"],
      ["wrong.yaml:9", "space.optimizer.adam.beta"],
      ["wrong.yaml:10", "slots"],
      ["wrong.yaml:11", "direction"],
      ["wrong.yaml:13", "fidelity.min"],
    ]);
    expect(ran.stderr).toMatch(/did you mean "maxTrials"\?/);
  });

  it("tells a command that is no list beside a wrong space, and every name in one", async () => {
    const text = await validate("s.yaml", "command: python train.py\nspace: { x: { uniform: [1, 0] } }\n");
    expect(text.stderr.match(/^error: s\.yaml:\d:\d+: \S+/gm)).toEqual([
      "error: s.yaml:1:10: command:",
      "error: s.yaml:2:13: space.x:",
    ]);
    const names = await validate(
      "s.yaml",
      'command: [sh, "{arg}", "{xx}", "{x"]\nspace: { x: { uniform: [0, 1] } }\nslots: 0\n',
    );
    expect(names.stderr.match(/^error: s\.yaml:\d:\d+: \S+/gm)).toEqual([
      "error: s.yaml:1:15: command.1:",
      "error: s.yaml:1:24: command.2:",
      "error: s.yaml:1:32: command.3:",
      "error: s.yaml:3:8: slots:",
    ]);
  });

  it("goes on after keys that a space cannot have", async () => {
    const ran = await validate(
      "s.yaml",
      `command: [sh]
space:
  c: { uniform: [0, 1], q: 2 }
  a.b: { uniform: [0, 1] }
  b: { uniform: [0, 1], normal: [0, 1] }
  d: { uniform: [1, 0] }
`,
    );
    expect(ran.stderr.match(/^error: s\.yaml:\d:\d+: \S+/gm)).toEqual([
      "error: s.yaml:3:17: space.c.uniform:",
      "error: s.yaml:4:8: space.a.b:",
      "error: s.yaml:5:17: space.b.uniform:",
      "error: s.yaml:6:6: space.d:",
    ]);
  });

  it("names every unknown key of a file that has no space", async () => {
    const ran = await validate("s.yaml", "program: train.py\nmethod: bayes\nparameters: { x: { values: [1, 2] } }\n");
    expect(ran.code).toBe(2);
    expect(ran.stderr.match(/^error: s\.yaml:\d:\d+: .+/gm)).toEqual([
      "error: s.yaml:1:1: program: unknown key",
      'error: s.yaml:1:1: the key "space" is missing',
      "error: s.yaml:2:1: method: unknown key",
      "error: s.yaml:3:1: parameters: unknown key",
    ]);
    expect(ran.stderr.match(/The keys of a sweep are /g)).toHaveLength(1);
  });

  it("goes on after two params that share a variable", async () => {
    const space = "space:\n  a-b: { uniform: [0, 1] }\n  a_b: { uniform: [0, 1] }\n";
    const ran = await validate("shared.yaml", `command: [sh]\n${space}slots: many\n`);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/^error: shared\.yaml:4:8: space: a-b and a_b .*\n.*\nerror: shared\.yaml:5:8: slots: /);
  });

  it("finds the places of a TypeScript sweep", async () => {
    const ran = await validate(
      "wrong.ts",
      `export default {
  space: { x: { uniform: [0, 1] } },
  objective: (params: { x: number }) => params.x,
  maxTrials: -1,
  sampler: "tpee",
  where: ["x < z", "x > 0", "x = 1"],
};
`,
    );
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/^error: wrong\.ts:6:16: where\.0: there is no param "z"$/m);
    expect(ran.stderr).toMatch(/^error: wrong\.ts:6:32: where\.2: "=" means nothing here /m);
    expect(ran.stderr).toMatch(/^error: wrong\.ts:4:\d+: maxTrials: expected an integer above 0, received -1$/m);
  });

  it.each([
    ["no-such-program", "there is no program no-such-program on PATH"],
    ["./train.sh", "there is no program ./train.sh in "],
    ["/no/such/program", "there is no program /no/such/program; none"],
    ["./notes.txt", "expected a program, and ./notes.txt is a file that may not be executed (chmod +x?)"],
    ["notes.txt", 'there is no program notes.txt on PATH (did you mean "./notes.txt"?)'],
    [".", "there is no program . on PATH; none"],
    ["./", "expected a program, and ./ is a folder"],
    [
      "sh, note.sh",
      "expected a file, relative to the sweep's folder, received note.sh; none of its trials can run here",
    ],
  ])("warns that %s is not there to be run", async (program, warning) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "notes.txt"), "not executable");
    writeFileSync(join(cwd, "sweep.yaml"), `command: [${program}]\nspace: { x: { uniform: [0, 1] } }\n`);
    const ran = await parzenInOne(["validate", "sweep.yaml"], { cwd });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sweep can be run/) });
    expect(ran.stderr).toMatch(/^warning: command: [^\n]*\nRun it with: parzen run sweep\.yaml\n$/);
    expect(ran.stderr).toContain(warning);
  });

  it("warns of constants that look as if they were meant to be searched, as run does", async () => {
    const cwd = emptyFolder();
    const space = [
      "  lr: { min: 0.1, max: 0.2 }",
      "  wd: { distribution: log_uniform_values, min: 0.1, max: 10 }",
      "  eps: { distribution: log_uniform, min: -6.907755278982137, max: 0 }",
      "  depth: { min: 1, max: 8 }",
      "  batch: [16, 32, 64]",
      "  net: { width: { values: [8, 16] }, rates: [0.1, 0.1], clip: { max: 1 } }",
      "  seeds: [1, 2]",
      "  x: { choice: [{ sizes: [1, 2] }, 7] }",
      "",
    ].join("\n");
    const sweep = (command: string) => `command: ${command}\nmaxTrials: 1\nspace:\n${space}`;
    writeFileSync(join(cwd, "sweep.yaml"), sweep('[echo, loss=1, "{args}", "{seeds.0}"]'));
    const warnings = [
      'lr is the same in all trials, {"min":0.1,"max":0.2}; to search it: { uniform: [0.1, 0.2] }',
      'wd is the same in all trials, {"distribution":"log_uniform_values","min":0.1,"max":10}; to search it: { loguniform: [0.1, 10] }',
      'eps is the same in all trials, {"distribution":"log_uniform","min":-6.907755278982137,"max":0}; to search it: { loguniform: [0.001, 1] }',
      'depth is the same in all trials, {"min":1,"max":8}; to search it: { uniformint: [1, 8] }',
      "batch is the same in all trials, [16,32,64]; to search it: { choice: [16,32,64] }",
      'net.width is the same in all trials, {"values":[8,16]}; to search it: { choice: [8,16] }',
    ].map((line) => `warning: ${line}`);
    for (const command of ["validate", "run"]) {
      const { code, stderr } = await parzenInOne([command, "sweep.yaml"], { cwd });
      expect({ code, warnings: stderr.split("\n").filter((line) => line.startsWith("warning: ")) }).toEqual({
        code: 0,
        warnings,
      });
    }
    // A program that reads its params by itself may well want lists.
    writeFileSync(join(cwd, "sweep.yaml"), sweep("[echo, loss=1]"));
    expect((await parzenInOne(["validate", "sweep.yaml"], { cwd })).stderr).not.toContain("warning");
  });

  it("asks all relations together only about those that the sweep has", async () => {
    const ran = await validate(
      "s.yaml",
      'command: [x]\nspace: { x: { uniform: [0, 1] } }\nwhere:\n  - x < epoch\n  - x > 2\n  - "x =="\n',
    );
    const none = 'none of 10,000 configurations drawn from the space satisfies "x > 2"';
    expect(ran.stderr).toContain(`error: s.yaml:4:3: where: ${none}\n`);
    expect(ran.stderr).toMatch(/^error: s\.yaml:4:9: where\.0: there is no param "epoch"$/m);
    expect(ran.stderr).toMatch(/^error: s\.yaml:6:10: where\.2: it ends where /m);
    expect(ran.stderr.match(/^error:/gm)).toHaveLength(3);
  });

  it("finds programs on PATH and in the sweep's folder, wherever it is called", async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, "sweeps"));
    writeFileSync(join(cwd, "sweeps", "train.sh"), "#!/bin/sh\n", { mode: 0o755 });
    for (const program of ["sh", "./train.sh"]) {
      writeFileSync(join(cwd, "sweeps", "one.yaml"), `command: [${program}]\nspace: { x: { uniform: [0, 1] } }\n`);
      const ran = await parzenInOne(["validate", "sweeps/one.yaml"], { cwd });
      expect(ran).toMatchObject({ code: 0, stderr: "Run it with: parzen run sweeps/one.yaml\n" });
    }
  });

  it("knows the samplers", async () => {
    const sweep = "command: [echo]\nspace: { x: { uniform: [0, 1] } }\nsampler: tpee\n";
    const ran = await validate("sampler.yaml", sweep);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/sampler\.yaml:3:\d+: sampler: .*tpee.*did you mean "tpe"/);
  });

  it.each([
    [
      "{ grid: { steps: { lrr: 5 } } }",
      'grid steps: the space has no "lrr" (did you mean "lr"?)\n  Its params are lr.',
    ],
    ["{ partial: { fixed: { lr: 3 }, sampler: tpe } }", "partial lr: expected a number from 0 to 1, received 3"],
  ])("names a sampler that does not fit the space: %s", async (sampler, fault) => {
    const text = `command: [echo]\nspace: { lr: { uniform: [0, 1] } }\nsampler: ${sampler}\n`;
    const ran = await validate("misfit.yaml", text);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toBe(`error: misfit.yaml:3:10: sampler: ${fault}\n`);
  });
});

it("reads more files of data than a process may have open", () => {
  const cwd = emptyFolder();
  const data = Array.from({ length: 300 }, (_, at) => `${at}.csv`);
  for (const file of data) writeFileSync(join(cwd, file), file);
  const sweep = { command: ["true"], space: { x: { uniform: [0, 1] } }, data };
  writeFileSync(join(cwd, "sweep.json"), JSON.stringify(sweep));
  const validate = ["-c", 'ulimit -n 128; exec "$@"', "sh", process.execPath, MAIN, "validate", "sweep.json"];
  const ran = spawnSync("sh", validate, { cwd, env: outsideEnvironment(), encoding: "utf8" });
  expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining("sweep can be run.") });
});

it("names a node whose draws would all be one value, which no new study may have", async () => {
  const text =
    "command: [sh, -c, 'echo {x}']\nspace:\n  a: { b: { qlognormal: [800, 1, 1] } }\n  x: { uniform: [0, 1] }\n";
  const ran = await validate("far.yaml", text);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/^error: far\.yaml:3:11: space\.a\.b: expected qlognormal mu of which e\^mu is at most/);
});
