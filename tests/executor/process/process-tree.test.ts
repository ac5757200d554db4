import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isGone, parseStat, startOf } from "../../../src/executor/process/process-start.ts";
import { listProcesses, parseEnvironments, parsePs } from "../../../src/executor/process/process-table.ts";
import {
  findTree,
  killTree,
  MARKER,
  markerValue,
  newTreeId,
  type ProcessTree,
} from "../../../src/executor/process/process-tree.ts";
import { parseOrder } from "../../../src/executor/process/reaper-order.ts";

const FEW_FILES = fileURLToPath(new URL("../../fixtures/few-files.mjs", import.meta.url));

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

const find = async (tree: ProcessTree): Promise<readonly number[]> => findTree(tree, await listProcesses([tree.id]));

describe("findTree", () => {
  it("finds a root by its pid and a stray by its mark, and nobody else", async () => {
    const id = newTreeId();
    const [root, stray, other] = [
      await sleeper(),
      await sleeper({ [MARKER]: markerValue(id, "outer") }),
      await sleeper(),
    ];
    const found = await find({ id, pid: root, started: startOf(root) ?? "" });
    expect(new Set(found)).toEqual(new Set([root, stray]));
    expect(found).not.toContain(other);
  });

  it("spares a process that only has the pid of a root long gone", async () => {
    const pid = await sleeper();
    expect(await find({ id: newTreeId(), pid, started: "1" })).toEqual([]);
  });

  it("finds the trees inside a tree by its own mark", async () => {
    const [outer, inner] = [newTreeId(), newTreeId()];
    const pid = await sleeper({ [MARKER]: markerValue(inner, markerValue(outer, undefined)) });
    expect(await find({ id: outer, pid: null, started: "" })).toEqual([pid]);
    expect(await find({ id: inner, pid: null, started: "" })).toEqual([pid]);
  });
});

describe("what is no tree", () => {
  const tree: ProcessTree = { id: newTreeId(), pid: 812, started: "" };
  const WRONG = [
    ["an id that many environments hold", { ...tree, id: "x" }],
    ["an empty id", { ...tree, id: "" }],
    ["the first process", { ...tree, pid: 1 }],
    ["a group instead of a process", { ...tree, pid: -812 }],
    ["no start", { id: tree.id, pid: 812 }],
  ] as const;

  it.each(WRONG)("%s is neither looked for nor an order to the reaper", (_what, wrong) => {
    expect(() => findTree(wrong as ProcessTree, [])).toThrow(/^expected a tree of processes, received \{/); // on purpose not one
    expect(parseOrder(JSON.stringify({ watch: wrong }))).toBeNull();
  });

  it("other lines than orders are ignored", () => {
    for (const line of ["", "null", '{"watch":', "{}", '{"clear":1}', '{"forget":null}']) {
      expect(parseOrder(line)).toBeNull();
    }
    for (const order of [
      { watch: tree },
      { watch: { ...tree, pid: null } },
      { forget: tree.id },
      { clear: "/tmp/a" },
    ]) {
      expect(parseOrder(JSON.stringify(order))).toEqual(order);
    }
  });
});

describe("killTree", () => {
  it("leaves nothing, and says so", async () => {
    const tree = { id: newTreeId(), pid: await sleeper(), started: "" };
    expect(await killTree(tree)).toBe(true);
    expect(await find(tree)).toEqual([]);
  });

  it.each([0, 1])("where only %i more files may be opened, says what is so, and can later", async (free) => {
    const tree = { id: newTreeId(), pid: await sleeper(), started: "" };
    const args = [FEW_FILES, JSON.stringify(tree), String(free)];
    const run = spawnSync("sh", ["-c", 'ulimit -n 100; exec "$@"', "sh", process.execPath, ...args], {
      encoding: "utf8",
      timeout: 30_000,
    });
    expect([run.stderr, run.status]).toEqual(["", 0]);
    const { early, left, later } = JSON.parse(run.stdout);
    // One file is enough for versions of Node.js that read one after the other; the others do not get to see all.
    expect([left === 0, later]).toEqual([early, true]);
    if (free === 0) expect(early).toBe(false);
  });
});

describe("the table of processes", () => {
  it("holds this process with its parent", async () => {
    const own = { pid: process.pid, parent: process.ppid, started: startOf(process.pid) };
    expect(await listProcesses()).toContainEqual(expect.objectContaining(own));
  });

  it("is read while the event loop goes on", async () => {
    let turns = 0;
    const count = (): void => {
      turns++;
      turning = setImmediate(count);
    };
    let turning = setImmediate(count);
    await listProcesses(["a text"]);
    clearImmediate(turning);
    expect(turns).toBeGreaterThan(5);
  });

  it("is read from ps where there is no /proc", () => {
    const began = "Fri Jul  4 20:15:00 2025";
    const text = `    1     0     1 Ss ${began}\n  812     1   812 S+ ${began}\n  813   812   812 Z ${began}\n`;
    const row = { session: 0, started: "Fri Jul 4 20:15:00 2025", marks: [] };
    expect(parsePs(text)).toEqual([
      { pid: 1, parent: 0, group: 1, ...row },
      { pid: 812, parent: 1, group: 812, ...row },
    ]);
  });

  it("is searched by environment in what ps prints", () => {
    const text = "  812 node a.js PARZEN_SLOT=abc HOME=/\n  813 node b.js HOME=/\n";
    expect([...parseEnvironments(text, "abc")]).toEqual([812]);
  });
});

describe("when a process started", () => {
  it("is the same at every look, and another for another process", async () => {
    const own = startOf(process.pid);
    expect(own).toMatch(/\S/);
    expect(startOf(process.pid)).toBe(own);
    expect(startOf(await sleeper())).not.toBe(own);
  });

  it("is null for a process that is gone", () => {
    expect(startOf(2 ** 30)).toBeNull();
    expect(parseStat("")).toBeNull();
  });

  it("tells a living process from one that is gone, and from a later one with its pid", async () => {
    const pid = await sleeper();
    expect(isGone(pid, startOf(pid) ?? "")).toBe(false);
    expect(isGone(pid, startOf(process.pid) ?? "")).toBe(true);
    expect(isGone(2 ** 30, "any")).toBe(true);
  });

  describe("off Linux", () => {
    const { platform } = process;
    const on = (system: string): unknown => Object.defineProperty(process, "platform", { value: system });
    afterEach(() => {
      on(platform);
      vi.unstubAllEnvs();
    });

    it("is the same text in every time zone", () => {
      on("darwin");
      const texts = ["Asia/Tokyo", "America/New_York"].map((zone) => {
        vi.stubEnv("TZ", zone);
        return startOf(process.pid);
      });
      expect(texts[0]).toMatch(/\d\d:\d\d:\d\d/);
      expect(texts[1]).toBe(texts[0]);
    });

    it("is not known without ps: a process with that pid is taken for the one", () => {
      on("win32");
      vi.stubEnv("PATH", "");
      expect(startOf(process.ppid)).toBeNull();
      expect(isGone(process.ppid, "at 1")).toBe(false);
      expect(isGone(2 ** 30, "at 1")).toBe(true);
    });
  });

  it("is found behind a name with spaces and brackets; a zombie is dead", () => {
    const rest = "7 8 9 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0";
    expect(parseStat(`812 (a) Z (b) S ${rest}`)).toMatchObject({ parent: 7, group: 8, session: 9 });
    expect(parseStat(`812 (a) Z (b) S ${rest}`)?.started).toMatch(/^4711 /);
    expect(parseStat(`812 (a) S (b) Z ${rest}`)).toBeNull();
  });
});
