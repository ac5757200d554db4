import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { codeVersion } from "../../../bench/search/version.ts";

const root = mkdtempSync(join(tmpdir(), "parzen-version-"));
afterAll(() => rmSync(root, { recursive: true }));

/** A build of which the rooms hold nothing but their names. */
function buildOf(name: string): string {
  const build = join(root, name);
  for (const room of ["random", "numerics", "space", "trial", "samplers", "study", "training"]) {
    mkdirSync(join(build, room), { recursive: true });
    writeFileSync(join(build, room, "one.js"), room);
  }
  return build;
}

it.each([["random"], ["numerics"], ["space"], ["trial"], ["samplers"], ["study"]])(
  "a sampler has another version once the room %s has changed",
  (room) => {
    const build = buildOf(room);
    const before = codeVersion("tpe", build);
    expect(codeVersion("tpe", build)).toBe(before);
    writeFileSync(join(build, room, "one.js"), "changed");
    expect(codeVersion("tpe", build)).not.toBe(before);
  },
);

it("has the same version where what changed decides over no proposal", () => {
  const build = buildOf("outside");
  const before = codeVersion("tpe", build);
  writeFileSync(join(build, "training", "one.js"), "changed");
  expect(codeVersion("tpe", build)).toBe(before);
});
