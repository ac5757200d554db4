import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * Rooms whose test files share a process and what they import, which saves loading it for each. So what they import
 * keeps no state of a test, and hooks are where the tests are.
 */
const SHARED = [
  ...["artifacts", "bench", "cli", "examples", "executor", "faults", "golden", "importance", "numerics", "package"],
  ...[
    "plots",
    "pruners",
    "random",
    "samplers",
    "search-spaces",
    "space",
    "store",
    "study",
    "sweep",
    "trial",
    "workers",
  ],
  ...["augmentations", "data", "datasets", "learner", "loop", "metrics", "model"].map((part) => `training/${part}`),
]
  .map((room) => `tests/${room}/**/*.test.ts`)
  .concat("tests/*.test.ts", "tests/training/*.test.ts");

/** What tests may take that hang: a machine that does much else at the same time must not end one. */
const TIMES = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Here and not in each project, so that it runs once.
    globalSetup: ["cli", "python", "redis", "training/webgpu"].map((room) => `tests/${room}/setup.ts`),
    // Most tests wait most of their time: for processes of their own, for leases to end.
    maxWorkers: 2 * availableParallelism(),
    projects: [
      { test: { ...TIMES, name: "shared", include: SHARED, isolate: false } },
      { test: { ...TIMES, name: "alone", include: ["tests/**/*.test.ts"], exclude: SHARED } },
    ],
  },
});
