import type { TestProject } from "vitest/node";
import { type Availability, findRedis } from "./program.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly redis: Availability;
  }
}

/** Once for each run: whether there is a Redis for the tests that need one. In CI, having none is an error. */
export default function setup(project: TestProject): void {
  const redis = findRedis((line) => process.stderr.write(`${line}\n`));
  if (redis.why !== null && (process.env["CI"] ?? "") !== "") throw new Error(`no Redis for the tests: ${redis.why}`);
  if (redis.why !== null) process.stderr.write(`Tests that need Redis are left out: ${redis.why}\n`);
  project.provide("redis", redis);
}
