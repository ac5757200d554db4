import { expect, it } from "vitest";
import { viewsOf } from "../../../src/samplers/gp/views.ts";
import { PointSpace } from "../../../src/samplers/points.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";

it.each([
  ["every param is always active", hp.choice(["a", "b"]), "drawn-in"],
  ["a param is active with another alone", hp.choice([{ type: "a" }, { type: "b", y: hp.uniform(0, 1) }]), "wide"],
])("where %s, the first view of losses is that", (_situation, kind, transform) => {
  const views = viewsOf(new PointSpace(compileSpace({ x: hp.uniform(0, 1), kind })));
  expect(views.map((view) => view.transform)).toEqual([transform, "half-rank"]);
});
