import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findSweep, shippedSweeps } from "../../src/sweep/find.ts";
import { loadSweep } from "../../src/sweep/load.ts";
import { rejectionOf } from "../thrown-by.ts";
import { project, ROOT } from "./project.ts";

const FILES = {
  "sweep.ts": "",
  "train.yaml": "",
  "digits-mlp": "",
  "deep/other.mjs": "",
  "notes.txt": "",
  "x.d.ts": "",
};

describe("findSweep", () => {
  it("takes a path, relative or absolute, whatever it ends in", async () => {
    const folder = project(FILES);
    expect(await findSweep("sweep.ts", folder)).toBe(join(folder, "sweep.ts"));
    expect(await findSweep("deep/other.mjs", folder)).toBe(join(folder, "deep/other.mjs"));
    expect(await findSweep(join(folder, "notes.txt"), "/")).toBe(join(folder, "notes.txt"));
  });

  it("takes the name of a sweep that ships, after the files that are there", async () => {
    const shipped = await shippedSweeps();
    expect(shipped.map((file) => basename(file))).toContain("digits-mlp.ts");
    expect(await findSweep("digits-mlp", "/")).toBe(join(ROOT, "search-spaces/digits-mlp.ts"));
    const folder = project(FILES);
    expect(await findSweep("digits-mlp", folder)).toBe(join(folder, "digits-mlp"));
  });

  it.each([
    ["sweep.tz", 'sweep.tz is no file (did you mean "sweep.ts"?)'],
    ["sweep", 'sweep is no file (did you mean "sweep.ts"?)'],
    ["deep/othr.mjs", 'deep/othr.mjs is no file (did you mean "deep/other.mjs"?)'],
    ["deep", "deep is a folder"],
    ["digits-mpl", 'digits-mpl is no file (did you mean "digits-mlp"?)'],
    ["nothing-like-it", "nothing-like-it is no file"],
  ])("says what could be meant by %s", async (typed, message) => {
    const error = (await rejectionOf(() => findSweep(typed, project(FILES)))) as Error;
    expect(error).toMatchObject({ name: "ParzenError", code: "SWEEP_NOT_FOUND", message });
    expect((error as { hint?: string }).hint).toContain("Give the path of a sweep, or one that ships: ");
  });
});

it("loadSweep says the same of a file that is not there", async () => {
  const folder = project(FILES);
  const error = (await rejectionOf(() => loadSweep(join(folder, "sweeep.ts")))) as Error;
  expect(error).toMatchObject({ code: "SWEEP_NOT_FOUND" });
  expect(error.message).toContain(`did you mean "${join(folder, "sweep.ts")}"`);
});
