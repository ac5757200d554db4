import { expect, it } from "vitest";
import { unavailable } from "../../src/store/redis/failure.ts";
import { Outage } from "../../workers/outage.ts";

const AT = "redis://127.0.0.1:6379";
const SCRIPT = "script: c35baf769e5dc3d9194b2bceca04ab59f7c510f7, on @user_script:27.";

it.each([
  [
    new Error(`OOM command not allowed when used memory > 'maxmemory'. ${SCRIPT}`),
    `the memory of the store ${AT} is used up`,
  ],
  [
    new Error(`READONLY You can't write against a read only replica. ${SCRIPT}`),
    `the store ${AT} is a replica, which takes no writes`,
  ],
  [
    new Error("LOADING Redis is loading the dataset in memory"),
    `the store ${AT} cannot serve now: LOADING Redis is loading the dataset in memory`,
  ],
  [unavailable(AT, "it is away"), `the store ${AT} cannot be reached: it is away`],
])("says %s in words of its own, and once", (error, reason) => {
  const told: string[] = [];
  const outage = new Outage(AT, (text) => told.push(text));
  outage.met(error);
  outage.met(error);
  expect(told).toEqual([reason]);
});
