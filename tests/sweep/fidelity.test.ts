import { expect, it } from "vitest";
import { checkedSweep } from "../../src/sweep/checked-sweep.ts";
import { parseSweep } from "../../src/sweep/yaml.ts";
import { rejectionOf } from "../thrown-by.ts";

const SPACE = "space: {lr: {uniform: [0, 1]}}\n";
const BASE = `command: [x, "{args}"]\n${SPACE}`;

const read = async (text: string) => {
  const { definition, source } = parseSweep(text, "s.yaml");
  return checkedSweep(definition, source, "s");
};

it("a sweep names a budget, with its defaults, and a pruner with options", async () => {
  const keys = "fidelity: {name: epochs, max: 50}\npruner: {successiveHalving: {eta: 3}}\n";
  const sweep = await read(`command: [x, "--epochs={fidelity}"]\n${SPACE}${keys}`);
  expect(sweep.fidelity).toEqual({ name: "epochs", min: 10, max: 50, eta: 4 });
  expect(sweep.pruner).toEqual({ name: "successiveHalving", options: { eta: 3 } });
});

it.each([
  [
    `${BASE}fidelity: {name: epochs, max: 27}\npruner: {hyperband: {min: 27}}\n`,
    "s.yaml:4:9: pruner: hyperband min: expected less than the max of epochs, 27, received 27",
  ],
  [
    `${BASE}fidelity: {name: epochs, min: 30, max: 27}\n`,
    "s.yaml:3:31: fidelity.min: expected less than max, 27, received 30",
  ],
  [`${BASE}fidelity:\n  name: epochs\n  maxx: 3\n`, 's.yaml:5:3: fidelity.maxx: unknown key (did you mean "max"?)'],
  [`${BASE}fidelity: {max: 27}\n`, "s.yaml:3:11: fidelity.name: missing, expected what is counted, e.g. epochs"],
  [`${BASE}fidelity: 27\n`, "s.yaml:3:11: fidelity: expected { name, min, max, eta }, received 27"],
  [
    `command: [python, t.py, "-e{fidelity}"]\n${SPACE}`,
    's.yaml:1:25: command.2: {fidelity} in "-e{fidelity}" is no param of the space; the sweep names no fidelity',
  ],
])("%j is refused with its place", async (text, message) => {
  expect(await rejectionOf(() => read(text))).toMatchObject({ code: "SWEEP_INVALID", message });
});
