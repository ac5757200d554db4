import { describe, expect, it } from "vitest";
import { parseGpus, plainSlots } from "../../../src/executor/pool/gpu.ts";

const gpusOf = (text: string, inventory: readonly (number | string)[] = [0, 1, 2], inherited?: string) =>
  parseGpus(text, inventory, inherited).map(({ gpus }) => gpus);

const GPU_SLOT = { CUDA_DEVICE_ORDER: "PCI_BUS_ID", TF_FORCE_GPU_ALLOW_GROWTH: "true" };

describe("parseGpus", () => {
  it.each([
    ["all", [["0"], ["1"], ["2"]]],
    ["0,2", [["0"], ["2"]]],
    ["0:2", [["0"], ["0"]]],
    ["0+1", [["0", "1"]]],
    ["0+1:2, 2", [["0", "1"], ["0", "1"], ["2"]]],
  ])("reads %s", (text, gpus) => {
    expect(gpusOf(text)).toEqual(gpus);
  });

  it("gives every slot its number and its environment", () => {
    expect(parseGpus("1,0+1", [0, 1])).toEqual([
      { slot: 0, gpus: ["1"], env: { ...GPU_SLOT, CUDA_VISIBLE_DEVICES: "1" } },
      { slot: 1, gpus: ["0", "1"], env: { ...GPU_SLOT, CUDA_VISIBLE_DEVICES: "0,1" } },
    ]);
  });

  it.each([
    ["2,0", [["2"], ["0"]]],
    ["1", [["1"]]],
    ["0,-1,2", [["0"]]],
    ["0,9,2", [["0"]]],
    ["GPU-aa,MIG-bb", [["GPU-aa"], ["MIG-bb"]]],
  ])("lets an inherited CUDA_VISIBLE_DEVICES=%s bound all", (inherited, gpus) => {
    expect(gpusOf("all", [0, 1, 2], inherited)).toEqual(gpus);
  });

  it("takes identifiers as they are", () => {
    expect(gpusOf("GPU-aa-bb:2", ["GPU-aa-bb"])).toEqual([["GPU-aa-bb"], ["GPU-aa-bb"]]);
  });

  it.each([
    ["7", [0, 1], undefined, 'gpus: expected a GPU of this machine, received "7"; this machine has 0, 1'],
    ["0+0", [0], undefined, 'expected each GPU once, received "0+0"'],
    [
      "0:0",
      [0],
      undefined,
      'expected all, a GPU such as 0, 0:2 for two slots on GPU 0, or 0+1 for both, received "0:0"',
    ],
    ["0,,1", [0, 1], undefined, 'received ""'],
    ["0:x", [0], undefined, 'received "0:x"'],
    ["0", [], undefined, "no GPU was found"],
    ["all", [], undefined, 'expected at least one GPU, received "all"; no GPU was found'],
    ["all", [0], "", 'at least one GPU that CUDA_VISIBLE_DEVICES="" allows, received "all"; this machine has 0'],
  ])("refuses %j of %j under %j", (text, inventory, inherited, message) => {
    expect(() => parseGpus(text, inventory, inherited)).toThrow(message);
    expect(() => parseGpus(text, inventory, inherited)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});

describe("plainSlots", () => {
  it("leaves the machine's choice of GPUs alone", () => {
    expect(plainSlots(2)).toEqual([
      { slot: 0, gpus: [], env: {} },
      { slot: 1, gpus: [], env: {} },
    ]);
  });

  it.each([0, -1, 1.5, 1025, Number.NaN])("refuses %d", (count) => {
    expect(() => plainSlots(count)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});
