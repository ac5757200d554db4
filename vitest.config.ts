import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * Rooms whose test files share a process and what they import, which saves loading it for each. So what they import
 * keeps no state of a test, and hooks are where the tests are.
 */
const SHARED = [
  ...["artifacts", "cli", "executor", "golden", "numerics", "pruners", "random", "samplers", "space", "study", "sweep"],
  ...["trial", "workers", "training/augmentations", "training/datasets", "training/metrics"],
].map((room) => `tests/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ["tests/cli/setup.ts", "tests/redis/setup.ts", "tests/training/webgpu/setup.ts"],
    // Most tests wait most of their time: for processes of their own, for leases to end.
    maxWorkers: 2 * availableParallelism(),
    // For what hangs: a machine that does much else at the same time must not end a test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: "shared", include: SHARED, isolate: false } },
      { extends: true, test: { name: "alone", include: ["tests/**/*.test.ts"], exclude: SHARED } },
    ],
  },
});
