import { describe, expect, it } from "vitest";
import { slotEnvironment } from "../../../src/executor/pool/environment.ts";

const SLOT = { slot: 0, gpus: [], env: { CUDA_VISIBLE_DEVICES: "1" } };
const STORE = "rediss://driver:long%2Fsecret@host:6380/0";

const childOf = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => slotEnvironment(env, SLOT);

describe("what a slot's processes inherit", () => {
  it("is everything else, and what the slot adds", () => {
    expect(childOf({ PATH: "/bin", URL: "https://host/path@x", GONE: undefined })).toEqual({
      PATH: "/bin",
      URL: "https://host/path@x",
      CUDA_VISIBLE_DEVICES: "1",
    });
  });

  it.each([
    ["the store", { PARZEN_STORE: STORE }],
    ["another URL with a password", { DATABASE_URL: "postgres://me:pw@db/x" }],
    ["its password as it is meant", { REDIS_PASSWORD: "long/secret" }],
    ["its password as the URL has it", { ENCODED: "long%2Fsecret" }],
    ["a text with it", { REDIS_ARGS: "--pass long/secret --db 0" }],
  ])("is not %s", (_what, env) => {
    const inherited = childOf({ ...env, PARZEN_STORE: STORE });
    expect(inherited).toEqual({ CUDA_VISIBLE_DEVICES: "1" });
  });

  it("a short password is no reason to withhold what merely contains it", () => {
    const env = { PARZEN_STORE: "redis://:bin@host", PATH: "/usr/bin", PASS: "bin" };
    expect(childOf(env)).toEqual({ PATH: "/usr/bin", CUDA_VISIBLE_DEVICES: "1" });
  });
});
