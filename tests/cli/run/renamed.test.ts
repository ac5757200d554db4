import { expect, it } from "vitest";
import { lastRenamed, renamedAt } from "../../../cli/run/renamed.ts";
import { createStudy, openStore } from "../../../src/index.ts";

const AT = new Date("2026-01-02T03:04:05Z");

it.each([
  ["one", "sweep"],
  ["one as long as a name may be", "s".repeat(120)],
  ["one with an ending of its own", "sweep.2025-01-02T03-04-05"],
])("the last study that was renamed from a name is found: %s", async (_, name) => {
  const store = await openStore("memory:");
  const names = [1, 2, 10].map((copy) => renamedAt(name, AT, copy));
  const others = [name, `${name.slice(0, 90)}-other.9999-01-02T03-04-05`];
  for (const each of [...names, ...others]) await createStudy({ name: each, store, space: { x: { uniform: [0, 1] } } });
  expect(new Set(names).size).toBe(3);
  expect(lastRenamed(await store.listStudies(), name)?.name).toBe(names[2]);
});
