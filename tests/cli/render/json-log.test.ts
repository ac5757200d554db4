import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, parzen } from "../parzen.ts";

it("--log-json makes messages of what a sweep's module writes, the error that ends the command apart", async () => {
  const cwd = emptyFolder();
  const prints = 'console.warn("two\\nlines"); process.stderr.write(Buffer.from("\\u001b[1mbold\\u001b[22m\\n"));';
  const awaits = 'await new Promise((resolve) => process.stderr.write("", resolve)); console.log("done");';
  const sweep = "{ space: { x: { uniform: [0, 1] } }, objective: ({ x }) => x, maxTrials: 1 }";
  writeFileSync(join(cwd, "sweep.mjs"), `${prints} ${awaits}\nexport default ${sweep};\n`);
  const { code, stderr } = await parzen(["run", "sweep.mjs", "--log-json"], { cwd });
  expect(code).toBe(0);
  const events = stderr
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.slice(0, 3)).toMatchObject(["two\nlines", "bold", "done"].map((text) => ({ kind: "message", text })));
  expect(events.map(({ kind }) => kind)).toContain("settled");
  const wrong = await parzen(["run", "nothing.mjs", "--log-json"], { cwd });
  expect(wrong).toMatchObject({ code: 3, stderr: expect.stringMatching(/^error: nothing\.mjs is no file\n/) });
});
