import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { listProcesses, parseEnvironments, parsePs, startOf } from "../../src/executor/slot/process-table.ts";
import { findTree, killTree, MARKER, markerValue, newTreeId } from "../../src/executor/slot/process-tree.ts";

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

async function sleeper(env: NodeJS.ProcessEnv = {}): Promise<number> {
  const script = "console.log('up'); setInterval(() => {}, 60000)";
  const child = spawn(process.execPath, ["-e", script], { env: { ...process.env, ...env }, detached: true });
  started.push(child);
  await once(child.stdout, "data");
  return child.pid ?? 0;
}

describe("findTree", () => {
  it("finds a root by its pid and a stray by its mark, and nobody else", async () => {
    const id = newTreeId();
    const [root, stray, other] = [
      await sleeper(),
      await sleeper({ [MARKER]: markerValue(id, "outer") }),
      await sleeper(),
    ];
    const found = findTree({ id, pid: root, started: startOf(root) });
    expect(new Set(found)).toEqual(new Set([root, stray]));
    expect(found).not.toContain(other);
  });

  it("spares a process that only has the pid of a root long gone", async () => {
    const pid = await sleeper();
    expect(findTree({ id: newTreeId(), pid, started: "1" })).toEqual([]);
  });

  it("finds the trees inside a tree by its own mark", async () => {
    const [outer, inner] = [newTreeId(), newTreeId()];
    const pid = await sleeper({ [MARKER]: markerValue(inner, markerValue(outer, undefined)) });
    expect(findTree({ id: outer, pid: null, started: "" })).toEqual([pid]);
    expect(findTree({ id: inner, pid: null, started: "" })).toEqual([pid]);
  });
});

describe("killTree", () => {
  it("leaves nothing, and says so", async () => {
    const tree = { id: newTreeId(), pid: await sleeper(), started: "" };
    expect(await killTree(tree)).toBe(true);
    expect(findTree(tree)).toEqual([]);
  });
});

describe("the table of processes", () => {
  it("holds this process with its parent", () => {
    expect(listProcesses()).toContainEqual(expect.objectContaining({ pid: process.pid, parent: process.ppid }));
  });

  it("is read from ps where there is no /proc", () => {
    const text = "    1     0     1 Ss\n  812     1   812 S+\n  813   812   812 Z\n";
    expect(parsePs(text)).toEqual([
      { pid: 1, parent: 0, group: 1, session: 0, started: "" },
      { pid: 812, parent: 1, group: 812, session: 0, started: "" },
    ]);
  });

  it("is searched by environment in what ps prints", () => {
    const text = "  812 node a.js PARZEN_SLOT=abc HOME=/\n  813 node b.js HOME=/\n";
    expect(parseEnvironments(text, ["abc"])).toEqual([812]);
  });
});
