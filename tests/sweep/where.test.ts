import { describe, expect, it } from "vitest";
import { checkedSweep } from "../../src/sweep/checked-sweep.ts";
import { parseSweep } from "../../src/sweep/yaml.ts";
import { rejectionOf } from "../thrown-by.ts";

const BASE = `command: [python, train.py, "{args}"]
space:
  lr: {loguniform: [1.0e-5, 0.1]}
  optimizer: {choice: [{type: sgd, momentum: {uniform: [0, 0.99]}}, {type: adam}]}
`;

const read = async (text: string) => {
  const { definition, source } = parseSweep(text, "s.yaml");
  return checkedSweep(definition, source, "s");
};

describe("where", () => {
  it("is one relation or several", async () => {
    expect((await read(`${BASE}where: lr < 0.01\n`)).where).toEqual(["lr < 0.01"]);
    expect((await read(`${BASE}where: [lr < 0.01, "optimizer.momentum > lr"]\n`)).where).toHaveLength(2);
    expect((await read(BASE)).where).toEqual([]);
    expect((await read(`${BASE}where: []\n`)).where).toEqual([]);
  });

  it("is allowed by the defaults", async () => {
    const defaults = "defaults: {lr: 0.05, optimizer: {type: sgd, momentum: 0.9}}\n";
    expect((await read(`${BASE}where: lr < 0.06\n${defaults}`)).defaults).toMatchObject({ lr: 0.05 });
    expect(await rejectionOf(() => read(`${BASE}where: lr < 0.01\n${defaults}`))).toMatchObject({
      message: 's.yaml:6:11: defaults: expected what satisfies "lr < 0.01", received {"lr":0.05}',
    });
  });
});
