import { describe, expect, it } from "vitest";
import { resultOfCommand } from "../../../src/executor/command/command-result.ts";
import { Output } from "../../../src/executor/output.ts";
import { outcomeOfDeath, outcomeOfKill, outcomeOfUnstarted } from "../../../src/executor/process/death.ts";
import { countMemoryKills } from "../../../src/executor/process/out-of-memory.ts";

const startError = (code: string): Error => Object.assign(new Error(`spawn x ${code}`), { code });

describe("a process that never began", () => {
  it.each(["EAGAIN", "ENOMEM", "ENOSPC", "EMFILE", "ENFILE"])(
    "is the machine's fault for %s: the trial is lost",
    (code) => {
      const message = `could not start x: spawn x ${code}`;
      expect(outcomeOfUnstarted("x", startError(code))).toEqual({ kind: "lost", machine: true, message });
    },
  );

  it.each(["ENOENT", "EACCES", "E2BIG"])("is the machine's fault where its watcher cannot be started: %s", (code) => {
    const error = Object.assign(startError(code), { isUnwatched: true });
    const message = `could not start the watcher of x: spawn x ${code}`;
    expect(outcomeOfUnstarted("x", error)).toEqual({ kind: "lost", machine: true, message });
  });

  it.each(["ENOENT", "EACCES", "ENOEXEC"])("is the machine's fault for %s: others have the program", (code) => {
    expect(outcomeOfUnstarted("x", startError(code))).toMatchObject({ kind: "lost", machine: true });
  });

  it.each(["E2BIG", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"])("is the trial's fault for %s", (code) => {
    expect(outcomeOfUnstarted("x", startError(code))).toMatchObject({ kind: "failed", reason: "error" });
  });

  it.each([
    ["E2BIG", "could not start x: its arguments and variables are longer than the system takes"],
    [
      "ERR_INVALID_ARG_VALUE",
      "could not start x: an argument or a param holds the character NUL, which no program can be given",
    ],
  ])("says in words what %s is", (code, message) => {
    expect(outcomeOfUnstarted("x", startError(code))).toMatchObject({ message });
  });
});

describe("a process that was killed from outside", () => {
  it("ran out of memory where the kernel has counted a kill since", () => {
    const now = countMemoryKills();
    const { reason, message } = outcomeOfKill(now === null ? null : now - 1);
    if (now === null) expect(message).toContain("perhaps for memory");
    else expect(reason).toBe("memory");
  });

  it("crashed where it has not", () => {
    expect(outcomeOfKill(countMemoryKills())).toMatchObject({ kind: "failed", reason: "crash" });
  });
});

describe("a process that died by itself", () => {
  it("ran out of heap where the runtime said so, whatever the signal", () => {
    const output = new Output(() => undefined);
    output.push(
      "stderr",
      Buffer.from("FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n"),
    );
    const exit = { kind: "exited", code: 134, signal: null } as const;
    expect(outcomeOfDeath({ exit, output, memoryKills: null, heapLimitMb: null })).toEqual({
      kind: "failed",
      reason: "memory",
      message: "ran out of heap memory",
    });
  });

  it.each([
    [134, "SIGABRT"],
    [139, "SIGSEGV"],
  ])("crashed where its shell passes on, as %i, that it died of %s", (code, signal) => {
    const exit = { kind: "exited", code, signal: null } as const;
    const ended = { exit, output: new Output(() => undefined), metric: "loss", lastReport: 1, memoryKills: null };
    const message = expect.stringContaining(signal);
    expect(resultOfCommand(ended)).toMatchObject({ kind: "failed", reason: "crash", message });
  });
});
