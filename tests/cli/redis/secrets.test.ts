import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type Deployment, deploy, everythingIn, stop, writeSweep } from "./deployment.ts";

/** It needs to be encoded in a URL, so it may come in two forms. */
const SECRET = "s3cret/p@ss";
const FORMS = [SECRET, encodeURIComponent(SECRET)];

const DUMP = `import { writeFileSync } from "node:fs";
writeFileSync("env-" + process.pid, JSON.stringify(process.env));
console.log(JSON.stringify({ loss: Number(process.argv[2]) }));
`;
const COMMAND = `command: [node, dump.mjs, "{x}"]
space: { x: { uniform: [0, 1] } }
maxTrials: 2
`;

function secured(): Promise<Deployment> {
  return deploy(["--requirepass", SECRET], ({ url }) => url.replace("//", `//:${encodeURIComponent(SECRET)}@`));
}

/** What a parent has in its environment beside the store: the password itself, in a text, and in another URL. */
function parentEnvironment(store: string): NodeJS.ProcessEnv {
  return { REDIS_PASSWORD: SECRET, REDIS_URL: store, REDISCLI_AUTH: SECRET, NOTE: `it is ${SECRET}`, PLAIN: "plain" };
}

/** Everything that is left in a folder: environments of children, the spool, reports. */
function filesIn(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
}

function expectNone(text: string, what: string): void {
  for (const form of FORMS) expect(text.includes(form), `${form} in ${what}`).toBe(false);
}

/** Each test is many command lines, one after the other. */
vi.setConfig({ testTimeout: 240_000 });

describeRedis("the password of the store", () => {
  test("reaches no key, no message, no log and no child", async () => {
    const deployment = await secured();
    const { server, folder, admin } = deployment;
    const store = server.url.replace("//", `//:${encodeURIComponent(SECRET)}@`);
    const body = `writeFileSync("env-" + process.pid, JSON.stringify(process.env));
      console.log("told", Object.keys(process.env).length);
      await trial.report(0, x);
      await trial.artifacts.write("model", new TextEncoder().encode(JSON.stringify(process.env)));
      if (trial.number === 1) throw new Error("env " + JSON.stringify(process.env));
      return { loss: x, attributes: { argv: process.argv } };`;
    writeSweep(folder, "sweep", body);
    writeFileSync(join(folder, "dump.mjs"), DUMP);
    writeFileSync(join(folder, "train.yaml"), COMMAND);
    const env = parentEnvironment(store);
    const workers = [
      await deployment.worker(["sweep.mjs", "--slots", "2", "--log-json"], env),
      await deployment.worker(["train.yaml", "--store", store], { ...env, PARZEN_STORE: undefined }),
    ];
    const ran = [
      await deployment.parzen(["run", "sweep.mjs", "--verbose"], env),
      await deployment.parzen(["run", "train.yaml", "--store", store, "--log-json"], { PARZEN_STORE: undefined }),
    ];
    expect(ran.map(({ code }) => code)).toEqual([0, 0]);
    const [first, second] = ran;
    expect(first?.stderr.split("\n")[0]).toBe("parzen run sweep.mjs --verbose");
    expect(second?.stderr).toMatch(/warning: a password in --store.*PARZEN_STORE/);
    expect(second?.stderr).toMatch(/redis:\/\/:\*\*\*@127/);
    const looks = ["status sweep", "status train", "workers", "workers --json", "trials show 1 --study sweep --json"];
    const looked = await Promise.all(looks.map((look) => deployment.command(look.split(" "))));
    expect(looked.map(({ code }) => code)).toEqual(looks.map(() => 0));
    const wrong = ["status none", "delete sweep", "run sweep.mjs --seed 9", "best none", "doctor"];
    await Promise.all(
      wrong.map((each) => deployment.command([...each.split(" "), "--store", store], { PARZEN_STORE: undefined })),
    );
    await deployment.command(["status"], { PARZEN_STORE: store.replace("@127", `${encodeURIComponent(SECRET)}@127`) });
    await deployment.command(["export", "--study", "sweep", "-o", "study.json"]);
    const keys = await everythingIn(admin);
    await server.kill();
    await deployment.command(["status"], { PARZEN_STORE: `${store}?none=1` });
    for (const worker of workers) await worker.until(/waiting/);
    for (const worker of workers) await stop(worker);
    const files = filesIn(folder);
    expectNone(keys, "Redis");
    expectNone(deployment.printed.join("\n"), "what was printed");
    expectNone(files, "the files of children");
    // What was searched is what it is taken for.
    expect(keys).toMatch(/"loss"|told \d+/);
    expect(keys).toContain("parzen run sweep.mjs --verbose");
    expect(deployment.printed.join("\n")).toContain('"kind":"settled"');
    expect(files.match(/"PLAIN":"plain"/g)?.length).toBeGreaterThan(3);
    expect(deployment.printed).toHaveLength(2 * (ran.length + looks.length + wrong.length + 3 + workers.length));
  });
});
