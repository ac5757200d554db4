import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { textsOf } from "../plots/svg-texts.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { startParzen } from "./running.ts";
import { addStudy } from "./small-study.ts";

const cwd = emptyFolder();
const few = emptyFolder();

beforeAll(async () => {
  await addStudy(cwd, { name: "many", trials: 12 });
  await addStudy(few);
});

describe("parzen plot", () => {
  it("writes an SVG file, to stdout or to the file that is named", async () => {
    const { code, stdout, stderr } = await parzenInOne(["plot", "history"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^<svg .*>many: history<.*<\/svg>$/s);
    expect(await parzenInOne(["plot", "slices", "many", "-o", "s.svg"], { cwd })).toMatchObject({
      code: 0,
      stdout: "",
    });
    expect(readFileSync(join(cwd, "s.svg"), "utf8")).toMatch(/^<svg .*>many: slices<.*<\/svg>$/s);
  });

  it("says what the trials are without, with exit code 1", async () => {
    const said = 'error: study "demo": too few trials have a loss to tell\n';
    expect(await parzenInOne(["plot", "importance"], { cwd: few })).toMatchObject({
      code: 1,
      stdout: "",
      stderr: said,
    });
  });

  it("takes the params of a contour by their paths", async () => {
    const params = "optimizer.momentum, layers.0";
    const { code, stdout } = await parzenInOne(["plot", "contour", "--params", params], { cwd });
    expect(code).toBe(0);
    expect(textsOf(stdout, "text")).toEqual(expect.arrayContaining(["optimizer.sgd.momentum", "layers.0"]));
    expect(await parzenInOne(["plot", "contour", "--params", "lr,layer.0"], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: plot: the space has no param "layer\.0" \(did you mean "layers\.0"\?\)\n/),
    });
  });

  it("names the kinds where another is asked for", async () => {
    const { code, stderr } = await parzenInOne(["plot", "pie"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/'pie' is invalid .* Allowed choices are history, timeline, .*, importance\./);
  });
});

describe("parzen report", () => {
  it("writes one HTML page", async () => {
    expect(await parzenInOne(["report", "-o", "r.html"], { cwd })).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(cwd, "r.html"), "utf8")).toMatch(/^<!doctype html>.*<h1>many<\/h1>.*<svg .*<\/html>\n$/s);
  });

  it("--serve shows it to a browser until Ctrl-C, which asks again every few seconds", async () => {
    const serving = startParzen(["report", "--serve", "0"], cwd);
    const [url = ""] = /http:\S+(?=;)/.exec(await serving.until(/Ctrl-C/)) ?? [];
    const answer = await fetch(url);
    expect(answer.headers.get("refresh")).toBe("5");
    expect(await answer.text()).toMatch(/^<!doctype html>.*<h1>many<\/h1>.*<\/html>\n$/s);
    serving.child.kill("SIGINT");
    expect(await serving.ended).toMatchObject({ code: 130, stdout: "" });
  });

  it("is not shown and written at once", async () => {
    const { code, stderr } = await parzenInOne(["report", "--serve", "0", "-o", "r.html"], { cwd });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/contradict each other/) });
  });
});
