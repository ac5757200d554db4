// A process that uses a store, for tests that kill it or run several. It writes one line for each thing that the store
// has acknowledged, at once, so that the line is out before the next kill can come. It runs the built package.
import { writeSync } from "node:fs";
import { openStore } from "../../dist/src/store/open.js";

const [task, path, study, count] = process.argv.slice(2);
const holder = { host: "h", pid: process.pid, started: "s", slot: 0 };
const store = await openStore(path);
await store
  .createStudy(JSON.parse(process.env["STUDY_SPEC"]), JSON.parse(process.env["STUDY_SETTINGS"]))
  .catch((error) => {
    if (error.code !== "STUDY_EXISTS") throw error;
  });
acknowledge("open");
await { write, race }[task]();
await store.close();

/** Lives one trial after another, until it is killed. */
async function write() {
  for (;;) {
    const number = await reserve();
    acknowledge(`reserved ${number}`);
    const claimed = await store.claim(study, number, { holder, leaseMs: 1000, version: null });
    const fence = { attempt: claimed.trial.attempt, token: claimed.token };
    await store.report(study, number, fence, [{ step: 0, value: number }]);
    acknowledge(`reported ${number}`);
    const outcome = { kind: "complete", losses: [number] };
    await store.commit(study, number, fence, { outcome, log: `log of ${number}` });
    acknowledge(`completed ${number}`);
  }
}

/** Reserves `count` numbers in competition with others, then claims whatever it gets. */
async function race() {
  for (let index = 0; index < Number(count); index++) acknowledge(`reserved ${await reserve()}`);
  const { trials } = await store.snapshot(study, 0);
  for (const { number } of trials) {
    const claimed = await store.claim(study, number, { holder, leaseMs: 1000, version: null });
    if (claimed.kind === "claimed") acknowledge(`claimed ${number}`);
  }
}

async function reserve() {
  const reservation = { expectedNumber: null, basis: 0, assignment: { x: 1 }, memo: null, origin: "asked" };
  return (await store.reserve(study, reservation)).trial.number;
}

function acknowledge(line) {
  writeSync(1, `${line}\n`);
}
