import { expect, it } from "vitest";
import { unavailable } from "../../src/store/redis/server/failure.ts";
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
  const { told, outage } = listen();
  outage.met(error);
  outage.met(error);
  expect(told).toEqual([{ kind: "waiting", reason }]);
});

it("says each reason once in an outage, however long it is, and once that it is over", () => {
  const { told, outage } = listen();
  outage.wentWell();
  outage.wentWell();
  const [away, loading] = [unavailable(AT, "it is away"), unavailable(AT, "it loads")];
  for (const error of [away, loading, away, away]) outage.met(error);
  outage.wentWell(); // what follows it may still fail
  outage.met(loading);
  outage.wentWell();
  expect(told).toEqual([away, loading].map(({ message: reason }) => ({ kind: "waiting", reason })));
  outage.wentWell();
  outage.wentWell();
  expect(told.slice(2)).toEqual([{ kind: "back" }]);
  outage.met(away);
  expect(told.slice(3)).toEqual([{ kind: "waiting", reason: away.message }]);
});

function listen(): { readonly told: readonly object[]; readonly outage: Outage } {
  const told: object[] = [];
  return { told, outage: new Outage(AT, (event) => told.push(event)) };
}
