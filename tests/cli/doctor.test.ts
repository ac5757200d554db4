import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeRedis } from "../redis/describe-redis.ts";
import { startRedis } from "../redis/server.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, parzen } from "./parzen.ts";
import { addStudy } from "./small-study.ts";

describe("parzen doctor", () => {
  it("names every backend with its reason, and leaves nothing behind", async () => {
    const cwd = emptyFolder();
    const { code, stdout } = await parzen(["doctor", "--json"], { cwd });
    expect(code).toBe(0);
    const machine = JSON.parse(stdout);
    expect(machine).toMatchObject({
      node: { version: process.version, isSupported: true },
      sqlite: { works: true },
      store: { works: true, found: { studies: null } },
      backends: { works: true },
    });
    const names = machine.backends.found.map(({ backend }: { backend: string }) => backend);
    expect(names).toEqual(["node-gpu", "node", "webgpu", "wasm", "cpu"]);
    for (const { refused } of machine.backends.found) expect(refused === null || refused.length > 0).toBe(true);
    expect(machine.backends.found.at(-1)).toMatchObject({ backend: "cpu", refused: null });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("says what is wrong with a store", async () => {
    const cwd = emptyFolder();
    await addStudy(cwd);
    expect((await parzenInOne(["doctor"], { cwd })).stdout).toMatch(/store\s+\S*parzen\.db can be written, 1 study/);
    mkdirSync(join(cwd, "broken"));
    writeFileSync(join(cwd, "broken", "x.db"), "this is no database, and long enough for a header of one".repeat(40));
    const ran = await parzenInOne(["doctor", "--store", "broken/x.db"], { cwd });
    expect(ran.code).toBe(4);
    expect(ran.stdout).toMatch(/store\s+.*x\.db is damaged or no SQLite database/);
    writeFileSync(join(cwd, "file"), "");
    const nowhere = process.platform === "linux" ? "/proc/parzen/parzen.db" : "file/parzen.db";
    const unmade = await parzenInOne(["doctor", "--store", nowhere], { cwd });
    expect(unmade).toMatchObject({ code: 4, stdout: expect.stringMatching(/store\s+nothing can be made in /) });
  });
});

describeRedis("parzen doctor over Redis", () => {
  it("says that the server answers, or why it does not, without its password", async () => {
    const server = await startRedis({ args: ["--requirepass secret"] });
    const store = server.url.replace("//", "//:secret@");
    const doctor = () => parzenInOne(["doctor", "--store", store], { cwd: emptyFolder() });
    const line = store.replace("secret", "***");
    expect(await doctor()).toMatchObject({ code: 0, stdout: expect.stringContaining(`${line} answers, 0 studies`) });
    await server.stop();
    const { code, stdout } = await doctor();
    expect(code).toBe(4);
    expect(stdout).toContain(`the store ${line} cannot be reached`);
  });
});
