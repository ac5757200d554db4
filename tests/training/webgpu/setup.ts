import type { TestProject } from "vitest/node";
import { findSwiftShader, type SwiftShader } from "./swiftshader.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly swiftShader: SwiftShader;
  }
}

/** Once for each run: whether there is a GPU in software for the tests of webgpu. In CI, having none is an error. */
export default function setup(project: TestProject): void {
  const swiftShader = findSwiftShader((line) => process.stderr.write(`${line}\n`));
  if (swiftShader.why !== null) {
    if ((process.env["CI"] ?? "") !== "") throw new Error(`no webgpu for the tests: ${swiftShader.why}`);
    process.stderr.write(`Tests of the webgpu backend are left out: ${swiftShader.why}\n`);
  }
  project.provide("swiftShader", swiftShader);
}
