import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import type { TrialSource } from "../../src/executor/pool/pool-options.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import type { Outcome } from "../../src/trial/outcome.ts";
import { evaluate, taskOf } from "../faults/executor-run.ts";
import { itWithPython } from "../python/it-with-python.ts";
import { blocksOf } from "./blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "parzen-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "node_modules"));
symlinkSync(root, join(folder, "node_modules/parzen"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');

/** Writes the block of a page that has the text in it. */
function example(page: string, text: string, name: string): string {
  const block = blocksOf(readFileSync(join(root, "docs", page), "utf8")).find((each) => each.text.includes(text));
  const path = join(folder, name);
  writeFileSync(path, block?.text ?? "");
  return path;
}

const module = (): TrialSource => ({ kind: "module", file: example("sweeps.md", "checkpoint.load", "resume.ts") });
const command = (): TrialSource => {
  const argv = ["python3", example("commands.md", "# steps.py", "steps.py")];
  return { kind: "command", argv, cwd: folder, metric: "loss", space: compileSpace({ lr: hp.uniform(0, 1) }) };
};

it("the example of docs/sweeps.md, handed back at whatever moment, ends as if it had not been", async () => {
  expect(await endsAsIfNeverHandedBack("sweeps", module())).toBe(19);
});

/** That it may be ended between what it wrote of its last step and the report of it, the page says. */
itWithPython("so does that of docs/commands.md", async () => {
  expect([18, 19]).toContain(await endsAsIfNeverHandedBack("commands", command()));
});

/** @returns the last step that was reported */
async function endsAsIfNeverHandedBack(page: string, source: TrialSource): Promise<number> {
  const pool = processPool({ source });
  const files = (name: string) => directoryArtifacts(folder).of(`${page}-${name}`, 0, 1);
  const whole = await evaluate(pool, taskOf({ lr: 0.25 }), { files: files("whole") });
  expect(whole.outcome.kind).toBe("complete");
  let noted: number | null = null;
  let outcome: Outcome = { kind: "handed-back" };
  const steps: number[] = [];
  for (let attempt = 1; outcome.kind === "handed-back"; attempt++) {
    const stop = new AbortController();
    const task = taskOf({ lr: 0.25 }, { attempt, resumedFrom: noted });
    const evaluation = await evaluate(pool, task, {
      files: files("parts"),
      signal: stop.signal,
      report: async (reports) => {
        for (const { step } of reports) steps.push(step);
        if (attempt < 4) stop.abort("hand-back");
        return "continue";
      },
      checkpoint: async (step) => {
        noted = step;
        return "continue";
      },
    });
    outcome = evaluation.outcome;
  }
  await pool.close();
  expect(outcome).toEqual(whole.outcome);
  expect(noted).not.toBeNull();
  return Math.max(...steps);
}
