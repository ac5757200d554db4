import { expect, it } from "vitest";
import { flip } from "../../src/training/augmentations/flip.ts";
import { shift } from "../../src/training/augmentations/shift.ts";
import { loadBackend } from "../../src/training/backends/load.ts";
import { readCifar } from "../../src/training/datasets/cifar.ts";
import { readDataset, readTable } from "../../src/training/datasets/csv.ts";
import { readIdx } from "../../src/training/datasets/idx.ts";
import { readImageFolder } from "../../src/training/datasets/image-folder.ts";
import { cosineDecay, stepDecay, warmUp } from "../../src/training/learner/schedules.ts";

const misspelt = (options: object): never => options as never;

it.each<[string, () => unknown, string]>([
  ["flip", () => flip(misspelt({ probabilty: 0.1 })), "probability"],
  ["shift", () => shift(misspelt({ pixels: 1, fil: 1 })), "fill"],
  ["stepDecay", () => stepDecay(misspelt({ every: 1, factr: 0.5 })), "factor"],
  ["cosineDecay", () => cosineDecay(misspelt({ flor: 0.1 })), "floor"],
  ["warmUp", () => warmUp(misspelt({ epoch: 3 })), "epochs"],
  ["readTable", () => readTable("none.csv", misspelt({ seperator: ";" })), "separator"],
  ["readDataset", () => readDataset("none.csv", misspelt({ task: "regression", labels: "y" })), "label"],
  ["readIdx", () => readIdx({ images: "none", labels: "none" }, misspelt({ clases: [] })), "classes"],
  ["readCifar", () => readCifar("none", misspelt({ kid: "cifar-10" })), "kind"],
  ["readImageFolder", () => readImageFolder("none", misspelt({ channel: 1 })), "channels"],
  ["loadBackend", () => loadBackend(misspelt({ prefr: "cpu" })), "prefer"],
])("%s refuses a misspelt option, which would be ignored", async (_name, call, meant) => {
  const refused = { code: "OPTION_INVALID", message: expect.stringContaining(`(did you mean "${meant}"?)`) };
  await expect((async () => call())()).rejects.toMatchObject(refused);
});

it("readCifar without options says what is expected", () => {
  expect(() => readCifar("none", undefined as never)).toThrow("options: expected an object, received undefined");
});
