import { describe, expect, it } from "vitest";
import { listGpus, parseGpuList } from "../../workers/gpus.ts";

describe("parseGpuList", () => {
  it("reads what nvidia-smi prints", () => {
    const text =
      "0, GPU-8f2c1a9e-1b2c-4d5e-8f90-a1b2c3d4e5f6, NVIDIA H200, 143771\n" +
      "1, GPU-0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0, NVIDIA H200, [N/A]\n";
    expect(parseGpuList(text)).toEqual([
      { index: 0, uuid: "GPU-8f2c1a9e-1b2c-4d5e-8f90-a1b2c3d4e5f6", name: "NVIDIA H200", memoryMb: 143771 },
      { index: 1, uuid: "GPU-0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0", name: "NVIDIA H200", memoryMb: null },
    ]);
  });

  it.each([
    "",
    "\n",
    "No devices were found\n",
    "NVIDIA-SMI has failed because it couldn't communicate with the driver\n",
  ])("finds none in %j", (text) => expect(parseGpuList(text)).toEqual([]));
});

describe("listGpus", () => {
  it("finds none where there is no driver", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = "/nowhere";
    try {
      expect(await listGpus()).toEqual([]);
    } finally {
      process.env["PATH"] = path;
    }
  });
});
