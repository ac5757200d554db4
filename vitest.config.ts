import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests of pure functions: their files share what they import, which saves loading it for each. */
const PURE = ["golden", "numerics", "pruners", "random", "samplers", "space", "trial"].map(
  (room) => `tests/${room}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    globalSetup: ["tests/redis/setup.ts", "tests/training/webgpu/setup.ts"],
    // Most tests wait most of their time: for processes of their own, for leases to end.
    maxWorkers: 2 * availableParallelism(),
    // For what hangs: a machine that does much else at the same time must not end a test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
      { extends: true, test: { name: "whole", include: ["tests/**/*.test.ts"], exclude: PURE } },
    ],
  },
});
