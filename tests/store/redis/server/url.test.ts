import { expect, test } from "vitest";
import { parseRedisUrl } from "../../../../src/store/redis/server/url.ts";
import { thrownBy } from "../../../thrown-by.ts";

const PLAIN = {
  kind: "single",
  isSecure: false,
  hosts: [{ host: "127.0.0.1", port: 6379 }],
  master: "",
  username: undefined,
  password: undefined,
  db: 0,
  ca: null,
  prefix: "parzen",
};

test.each([
  ["redis://", {}],
  ["redis://127.0.0.1", {}],
  ["REDIS://127.0.0.1:6379/", {}],
  ["redis://host:7000/3", { hosts: [{ host: "host", port: 7000 }], db: 3 }],
  ["redis://[::1]:7000", { hosts: [{ host: "::1", port: 7000 }] }],
  ["redis://me:p%40ss%3A%2F@host", { hosts: [{ host: "host", port: 6379 }], username: "me", password: "p@ss:/" }],
  ["redis://:p:w@host", { hosts: [{ host: "host", port: 6379 }], password: "p:w" }],
  ["redis://me@host", { hosts: [{ host: "host", port: 6379 }], username: "me" }],
  [
    "rediss://host?prefix=team&ca=/etc/ca.pem",
    { hosts: [{ host: "host", port: 6379 }], isSecure: true, ca: "/etc/ca.pem", prefix: "team" },
  ],
  [
    "redis+sentinel://u:p@a:1,b/main/2",
    {
      kind: "sentinel",
      hosts: [
        { host: "a", port: 1 },
        { host: "b", port: 26_379 },
      ],
      master: "main",
      username: "u",
      password: "p",
      db: 2,
    },
  ],
  [
    "rediss+cluster://a:1,b:2",
    {
      kind: "cluster",
      isSecure: true,
      hosts: [
        { host: "a", port: 1 },
        { host: "b", port: 2 },
      ],
    },
  ],
])("%s", (url, expected) => {
  expect(parseRedisUrl(url)).toEqual({ ...PLAIN, ...expected });
});

test.each([
  ["redis://me:secret@host:port", "host:port"],
  ["redis://me:secret@host:99999", "host:port"],
  ["redis://me:secret@[zz]", "host:port"],
  ["redis://me:secret@host/name", "number of a database"],
  ["redis://me:secret@host/1/2", "number of a database"],
  ["redis://me:secret@host?prefx=a", 'did you mean "prefix"'],
  ["redis://me:secret%@host", "%25"],
  ["redis+sentinel://me:secret@host", "name of the master"],
  ["redis+cluster://me:secret@host/1", "only the database 0"],
  ["redis+ring://me:secret@host", "expected redis://"],
])("%s is refused, without its password", (url, message) => {
  const error = thrownBy(() => parseRedisUrl(url));
  expect(error).toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining(message) });
  expect(JSON.stringify([String(error), error])).not.toContain("secret");
});
