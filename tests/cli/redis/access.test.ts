import { readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { expect, test, vi } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type Deployment, deploy, everythingIn, stop, writeSweep } from "./deployment.ts";

/** The rules of docs/security.md, one user each. */
const RULES = /```acl\n([\s\S]*?)```/
  .exec(readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8"))?.[1]
  ?.trim()
  .split("\n");

type Role = "driver" | "worker" | "viewer";

interface Guarded extends Deployment {
  as(role: Role): { readonly PARZEN_STORE: string };
  client(role: Role): Redis;
}

/** A server with the users of docs/security.md, and one administrator beside. */
async function guarded(): Promise<Guarded> {
  const deployment = await deploy(["--user root on >root ~* &* +@all"], ({ url }) => url.replace("//", "//root:root@"));
  for (const rule of RULES ?? []) {
    const [command = "", ...rest] = rule.replace("<password>", "pass").split(" ");
    expect(await deployment.admin.call(command, ...rest)).toBe("OK");
  }
  const urlOf = (role: Role): string => deployment.server.url.replace("//", `//parzen-${role}:pass@`);
  const client = (role: Role): Redis => {
    const own = new Redis(urlOf(role), { lazyConnect: true });
    own.on("error", () => undefined);
    return own;
  };
  writeSweep(
    deployment.folder,
    "sweep",
    'await trial.report(0, x); await trial.artifacts.write("m", new Uint8Array(9)); return x;',
  );
  return { ...deployment, as: (role) => ({ PARZEN_STORE: urlOf(role) }), client };
}

/** What a raw command is answered with. */
async function tried(client: Redis, commands: readonly string[]): Promise<readonly string[]> {
  const answers = commands.map((command) => {
    const [name = "", ...args] = command.split(" ");
    return client.call(name, ...args).then(
      () => `${command}: done`,
      (error: Error) => error.message.split(" ")[0] ?? "",
    );
  });
  const all = await Promise.all(answers);
  client.disconnect();
  return all;
}

/** Each test is dozens of command lines, one after the other. */
vi.setConfig({ testTimeout: 240_000 });

describeRedis("the users of docs/security.md", () => {
  test("are four lines, and nobody comes in without one", async () => {
    expect(RULES).toHaveLength(4);
    const { command, server } = await guarded();
    const { code, stderr } = await command(["list"], { PARZEN_STORE: server.url });
    expect(code).toBe(2);
    expect(stderr).toMatch(/the user or password is wrong or missing/);
  });

  test("driver and worker run a study together; the worker can neither begin nor delete one", async () => {
    const { command, worker, as, client } = await guarded();
    const serving = await worker(["sweep.mjs", "--slots", "2"], as("worker"));
    const refused = await command(["run", "sweep.mjs"], as("worker"));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/refuses: this user may not do that/);
    const driver = (line: string): Promise<{ readonly code: unknown; readonly stderr: string }> =>
      command(line.split(" "), as("driver"));
    const lines = [
      "run sweep.mjs -n 4",
      "pause sweep",
      "resume sweep",
      "set sweep --max-trials 6",
      "enqueue sweep x=0.5",
      "enqueue sweep x=0.25 --loss 1",
      "run sweep.mjs -n 6",
      "accept sweep sweep.mjs",
      "stop sweep",
      "cancel sweep",
      "rerun sweep 0",
      "export --study sweep -o study.json",
    ];
    for (const line of lines) {
      const { code, stderr } = await driver(line);
      expect(code, `${line}: ${stderr}`).toBe(0);
    }
    for (const name of ["status", "best", "workers"]) expect((await command([name], as("worker"))).code).toBe(0);
    const kept = await command(["delete", "sweep", "--yes"], as("worker"));
    expect(kept.code).toBe(2);
    expect(kept.stderr).toMatch(/this user may not do that.*no permissions to access one of the keys/);
    expect((await stop(serving)).stderr).not.toMatch(/NOPERM|may not/);
    const raw = [
      "KEYS *",
      "FLUSHALL",
      "FLUSHDB",
      "CONFIG GET *",
      "SET other 1",
      "DEL {other}:s:1",
      "SHUTDOWN",
      "ACL LIST",
    ];
    expect(await tried(client("worker"), raw)).toEqual(raw.map(() => "NOPERM"));
    expect(await tried(client("driver"), raw)).toEqual(raw.map(() => "NOPERM"));
    expect((await driver("delete sweep --yes")).code).toBe(0);
    expect((await driver("import study.json")).code).toBe(0);
  });

  test("a viewer sees everything of parzen and writes nothing", async () => {
    const { admin, command, parzen, worker, as, client } = await guarded();
    const serving = await worker(["sweep.mjs", "--slots", "2"], as("worker"));
    expect((await command(["run", "sweep.mjs"], as("driver"))).code).toBe(0);
    const looks = [
      ...["status", "status --json", "list", "best", "best --format args", "trials list", "trials show 0", "workers"],
      ...["workers --json", "export csv sweep", "export --study sweep -o study.json"],
    ];
    const lived = await command(["workers"], as("viewer"));
    expect(lived.stdout).toContain("serving, 2 slots");
    await stop(serving);
    for (const key of await admin.keys("*:stalled-check")) await admin.del(key); // it would expire meanwhile
    const before = await everythingIn(admin);
    for (const look of looks) {
      const { code, stderr } = await command(look.split(" "), as("viewer"));
      expect(code, `${look}: ${stderr}`).toBe(0);
    }
    const changes = [
      ...[
        "pause",
        "resume",
        "stop",
        "cancel",
        "set sweep --max-trials 99",
        "enqueue sweep x=0.5",
        "delete sweep --yes",
      ],
      ...["run sweep.mjs -n 9", "run sweep.mjs --name other", "accept sweep sweep.mjs", "worker sweep.mjs"],
    ];
    for (const change of changes) {
      const how = change.startsWith("worker") ? parzen : command;
      const { code, stderr } = await how(change.split(" "), as("viewer"));
      if (change.startsWith("accept")) continue; // the same version: there is nothing to write
      expect(code, change).toBe(2);
      expect(stderr, change).toMatch(/may not do that/);
    }
    const id = await admin.hget("{parzen}:studies", "sweep");
    const raw = [
      ...[`HSET {parzen}:s:${id} control paused`, `DEL {parzen}:s:${id}`, "SET {parzen}:x 1", "PUBLISH {parzen}:x y"],
      ...[`EVAL return{} 1 {parzen}:s:${id}`, "GET other", "KEYS *", "FLUSHALL", `SUBSCRIBE {parzen}:s:${id}:changed`],
    ];
    expect(await tried(client("viewer"), raw)).toEqual(raw.map(() => "NOPERM"));
    expect(await everythingIn(admin)).toBe(before);
  });
});
