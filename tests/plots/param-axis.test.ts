import { expect, it } from "vitest";
import { paramAxes } from "../../plots/param-axis.ts";
import { hp } from "../../src/index.ts";
import { compileSpace } from "../../src/space/compile.ts";

const whole = { type: "value", scale: true, minInterval: 1 };

it.each([
  ["uniform", hp.uniform(-1, 2), { type: "value", scale: true, min: -1, max: 2 }],
  ["loguniform", hp.loguniform(3e-5, 0.2), { type: "log", scale: true, min: 3e-5, max: 0.2 }],
  ["qloguniform", hp.qloguniform(1, 100, 7), { type: "log", scale: true, min: 1, max: 100 }],
  ["uniformint", hp.uniformint(1, 4), { ...whole, min: 1, max: 4 }],
  ["randint", hp.randint(7), { ...whole, min: 0, max: 6 }],
  ["randint of one", hp.randint(1), whole],
  ["normal", hp.normal(0, 1), { type: "value", scale: true }],
  ["lognormal", hp.lognormal(0, 1), { type: "log", scale: true }],
  ["uniform beyond what can be drawn", hp.uniform(1e200, 1e300), { type: "value", scale: true }],
])("an axis is as long as the space: %s", (_title, x, scale) => {
  expect(paramAxes(compileSpace({ x }), [])).toEqual([{ path: "x", labels: null, scale }]);
});
