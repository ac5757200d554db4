import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { describeBackends, loadBackend } from "../../../src/training/index.ts";
import { runProgram } from "../run-program.ts";
import { plantWrongMatMul } from "./plant.ts";

afterEach(() => vi.unstubAllEnvs());

describe("loading a backend", () => {
  test("takes wasm where no native one is installed, and keeps why the others were refused", async () => {
    const { name, refused, ms } = await loadBackend();
    expect(name).toBe("wasm");
    expect(refused).toEqual([
      { backend: "node-gpu", reason: expect.stringContaining("npm install @tensorflow/tfjs-node-gpu@4.22.0)") },
      { backend: "node", reason: expect.stringContaining("npm install @tensorflow/tfjs-node@4.22.0)") },
      {
        backend: "webgpu",
        reason: expect.stringContaining("npm install webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0)"),
      },
    ]);
    expect(ms).toBeGreaterThan(0);
  });

  test("says to install what docs/backends.md and package.json name", async () => {
    const [page, manifest] = ["docs/backends.md", "package.json"].map((file) => readFileSync(file, "utf8"));
    const { peerDependencies } = JSON.parse(manifest ?? "");
    for (const { reason } of (await loadBackend()).refused) {
      const [command = "", packages = ""] = /npm install ([^)]+)/.exec(reason) ?? [];
      expect(page).toContain(`\`${command}\``);
      for (const [, name = "", version] of packages.matchAll(/(\S+)@(\S+)/g)) {
        expect(peerDependencies[name].replace("^", "")).toBe(version);
      }
    }
  });

  test("gives the loaded one again, and switches to another one on demand", async () => {
    const wasm = await loadBackend({ prefer: "wasm" });
    expect(await loadBackend({ prefer: "wasm" })).toBe(wasm);
    const cpu = await loadBackend({ prefer: "cpu" });
    expect(cpu.tf.getBackend()).toBe("cpu");
    expect((await loadBackend({ prefer: "wasm" })).tf.getBackend()).toBe("wasm");
  });

  test("switches back where something else has switched the engine", async () => {
    const { tf } = await loadBackend({ prefer: "wasm" });
    await tf.setBackend("cpu");
    expect((await loadBackend({ prefer: "wasm" })).tf.getBackend()).toBe("wasm");
  });

  test("one load waits for the other, so that each is tested on what it names", async () => {
    const { tf } = await loadBackend({ prefer: "wasm" });
    const remove = plantWrongMatMul(tf, "cpu", "neither");
    try {
      const wrong = loadBackend({ prefer: "cpu" });
      const right = loadBackend({ prefer: "wasm" });
      await expect(wrong).rejects.toMatchObject({ code: "NO_BACKEND" });
      expect((await right).tf.getBackend()).toBe("wasm");
    } finally {
      remove();
    }
  });

  test("the environment forces one", async () => {
    vi.stubEnv("PARZEN_BACKEND", "cpu");
    expect(await loadBackend()).toMatchObject({ name: "cpu", refused: [] });
    expect(await loadBackend({ prefer: "auto" })).toMatchObject({ name: "wasm" });
  });

  test("a forced one that does not work is an error, not a fallback", async () => {
    await expect(loadBackend({ prefer: "node-gpu" })).rejects.toMatchObject({
      code: "NO_BACKEND",
      message: expect.stringContaining("node-gpu: @tensorflow/tfjs-node-gpu is not installed"),
      hint: expect.stringContaining("PARZEN_BACKEND"),
    });
  });

  test("an unknown name is refused with a suggestion", async () => {
    vi.stubEnv("PARZEN_BACKEND", "wasn");
    await expect(loadBackend()).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining('(did you mean "wasm"?)'),
    });
  });

  test("describes all of them", async () => {
    const descriptions = await describeBackends();
    expect(descriptions.map(({ backend, refused }) => [backend, refused === null])).toEqual([
      ["node-gpu", false],
      ["node", false],
      ["webgpu", false],
      ["wasm", true],
      ["cpu", true],
    ]);
  });
});

describe("a backend whose gradients are wrong", () => {
  test.each(["transposeA", "transposeB", "neither"] as const)("is refused: %s", async (fault) => {
    const { tf } = await loadBackend({ prefer: "cpu" });
    const remove = plantWrongMatMul(tf, "cpu", fault);
    await loadBackend({ prefer: "wasm" });
    try {
      await expect(loadBackend({ prefer: "cpu" })).rejects.toMatchObject({
        code: "NO_BACKEND",
        message: expect.stringMatching(/cpu: gradient self-test failed: dense layer 3x5x2.*expected -?\d+, received/),
      });
    } finally {
      remove();
    }
    expect((await loadBackend({ prefer: "cpu" })).name).toBe("cpu");
  });

  test("gives way to the next one, and the reason is kept", async () => {
    const { tf } = await loadBackend({ prefer: "wasm" });
    const remove = plantWrongMatMul(tf, "wasm", "neither");
    try {
      const { name, refused } = await loadBackend({ prefer: "auto" });
      expect(name).toBe("cpu");
      expect(refused.at(-1)).toEqual({
        backend: "wasm",
        reason: expect.stringContaining("gradient self-test failed"),
      });
    } finally {
      remove();
    }
  });
});

describe("in a process of its own", () => {
  test.each(["wasm", "cpu"])("%s prints nothing and leaves no listener behind", async (backend) => {
    const { stdout, stderr } = await runProgram("load-backend", [], { PARZEN_BACKEND: backend });
    expect(stderr).toBe("");
    const { before, after, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ name: backend, sum: 6 });
    expect(after).toEqual(before);
  });
});
