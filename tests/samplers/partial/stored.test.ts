import { describe, expect, it } from "vitest";
import { grid } from "../../../src/samplers/grid/grid.ts";
import { partial } from "../../../src/samplers/partial/partial.ts";
import { qmc } from "../../../src/samplers/qmc.ts";
import { random } from "../../../src/samplers/random.ts";
import { samplerFrom } from "../../../src/samplers/registry.ts";
import { tpe } from "../../../src/samplers/tpe/tpe.ts";
import { StudyHistory } from "../../../src/testing/samplers/history.ts";
import { thrownBy } from "../../thrown-by.ts";
import { space } from "./space.ts";

describe("a stored partial", () => {
  it.each([
    partial({ lr: 0.01, optimizer: "sgd" }, tpe({ startup: 3 })),
    partial({ batchSize: 64 }, partial({ "optimizer.sgd.nesterov": true }, qmc())),
    partial({ batchSize: 64, lr: 0.1 }, grid({ steps: { width: 3 } })),
  ])("goes on as it was begun", (sampler) => {
    const again = samplerFrom(JSON.parse(JSON.stringify({ name: sampler.name, options: sampler.options })));
    expect({ ...again, propose: null }).toEqual({ ...sampler, propose: null });
    const history = new StudyHistory(space);
    history.run(sampler, 20);
    expect(again.propose(history.next())).toEqual(sampler.propose(history.next()));
  });

  it("may name its sampler as a sweep does", () => {
    const short = samplerFrom({ name: "partial", options: { fixed: { lr: 0.01 }, sampler: "random" } });
    expect(short.options).toEqual(partial({ lr: 0.01 }, random()).options);
  });

  it.each([
    [{ sampler: "tpe" }, "partial fixed: expected values by path, received undefined"],
    [{ fixed: { lr: [1] }, sampler: "tpe" }, 'partial fixed: expected values by path, received {"lr":[1]}'],
    [{ fixed: {} }, "partial sampler: expected a sampler, as a name or { name, options }, received undefined"],
    [
      { fixed: {}, sampler: { name: 3 } },
      'partial sampler: expected a sampler, as a name or { name, options }, received {"name":3}',
    ],
    [{ fixed: {}, sampler: "tpee" }, 'unknown sampler "tpee" (did you mean "tpe"?)'],
    [{ fixed: {}, sampler: "tpe", lr: 1 }, 'partial: unknown option "lr"'],
  ])("refuses %j", (options, message) => {
    expect(thrownBy(() => samplerFrom({ name: "partial", options }))).toMatchObject({
      code: "OPTION_INVALID",
      message,
    });
  });
});
