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
  const left =
    redis.why ?? (redis.program === null ? "REDIS_URL is there, but no program to start more servers" : null);
  if (left !== null) process.stderr.write(`Tests that need a Redis of their own are left out: ${left}\n`);
  project.provide("redis", redis);
}
