import { describe, expect, inject, test } from "vitest";
import { packageForTests, temporaryProjects } from "../projects.ts";
import { runProgram } from "../run-program.ts";
// Declares what `inject` gives.
import type {} from "./setup.ts";

const { env } = inject("swiftShader");

describe.skipIf(env === null)("webgpu on a GPU in software", () => {
  const projectWith = temporaryProjects();
  const project = () =>
    projectWith({
      webgpu: packageForTests("webgpu-for-tests"),
      "@tensorflow/tfjs-backend-webgpu": packageForTests("tfjs-webgpu-for-tests"),
    });

  test("is refused unless it is asked for", async () => {
    const { stdout } = await runProgram("print-backend", [project()], { ...env });
    expect(JSON.parse(stdout)).toMatchObject({
      name: "wasm",
      refused: [{}, {}, { backend: "webgpu", reason: expect.stringMatching(/^only a software adapter \(SwiftShader/) }],
    });
  });

  test("passes its self-test, and every gradient equals that of the cpu backend", async () => {
    const allowed = { ...env, PARZEN_SOFTWARE_GPU: "1" };
    const { stdout } = await runProgram("compare-gradients", ["webgpu", project()], allowed);
    expect(JSON.parse(stdout)).toEqual({ name: "webgpu", cases: expect.any(Number), wrong: [] });
    // Shaders are compiled and run on a processor that other tests use too.
  }, 240_000);
});
