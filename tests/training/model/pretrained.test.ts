import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadBackend, modelFiles, readModel, type TensorFlow } from "../../../src/training/index.ts";
import { predict } from "../../../src/training/model/predict.ts";
import { loadModel } from "../../../src/training/model/saved-model.ts";
import { toyGoal, toyParams, toyTraining } from "../toy-training.ts";
import { type LoneTrial, loneTrial } from "../trial-context.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-pretrained-"));
afterAll(() => rmSync(folder, { recursive: true }));
const base = join(folder, "model.json");

let tf: TensorFlow;
const trial = loneTrial();
beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
  await toyTraining().evaluate(toyParams, trial);
  for (const [name, bytes] of trial.files) writeFileSync(join(folder, name), bytes);
});

const ROWS = [
  [0.5, -1],
  [2, 3],
];

/** The hidden layer of the base with a head of its own; `index` 0 is the input, 1 the hidden layer. */
const transfer = (changes: Parameters<typeof toyTraining>[0] = {}) =>
  toyTraining({
    pretrained: pathToFileURL(base),
    epochs: 3,
    model(_params, { pretrained, outputs, tf }) {
      const features = pretrained.layers[0]?.output;
      if (features === undefined || Array.isArray(features)) throw new Error("expected one output");
      const head = tf.layers.dense({ units: outputs, name: "head" }).apply(features);
      if (head instanceof tf.Tensor || Array.isArray(head)) throw new Error("expected a symbol");
      return tf.model({ inputs: pretrained.inputs, outputs: head });
    },
    ...changes,
  });

/** Kernel and bias of the hidden layer of a kept model: the only one with 8 units. */
async function hidden({ artifacts }: LoneTrial) {
  const { model } = await loadModel(tf, artifacts);
  const layer = model.layers.find(({ outputShape }) => outputShape[1] === 8)!;
  const values = layer.getWeights().map((weight) => [...weight.dataSync()]);
  model.dispose();
  return values;
}

describe("a kept model", () => {
  it("loads in a program that has TensorFlow.js alone, and says the same there", async () => {
    const program = fileURLToPath(new URL("../programs/plain-tensorflow.mjs", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [program, folder, JSON.stringify(ROWS)]);
    const { backend, outputs } = JSON.parse(stdout);
    expect(backend).toBe("cpu");
    const model = await readModel(tf, base);
    const expected = [...(await predict(tf, model, Float32Array.from(ROWS.flat())))];
    for (const [at, output] of outputs.flat().entries()) expect(output).toBeCloseTo(expected[at] ?? Number.NaN, 5);
    model.dispose();
  });
});

describe("a training that builds on a pretrained model", () => {
  it("starts from its weights, and leaves frozen layers as they were", async () => {
    const before = tf.memory().numTensors;
    const [frozen, whole] = [loneTrial(), loneTrial()];
    await transfer({ layerRate: ({ name }) => (name === "head" ? 1 : 0) }).evaluate(toyParams, frozen);
    await transfer().evaluate(toyParams, whole);
    expect(await hidden(frozen)).toEqual(await hidden(trial));
    expect(await hidden(whole)).not.toEqual(await hidden(trial));
    expect(tf.memory().numTensors).toBe(before);
  });

  it("may be the very model", async () => {
    const before = tf.memory().numTensors;
    const same = loneTrial();
    const result = await transfer({ model: (_params, { pretrained }) => pretrained }).evaluate(toyParams, same);
    expect(result).toMatchObject({ loss: expect.any(Number) });
    expect(await transfer().test(toyParams, same)).toMatchObject({ metrics: { loss: expect.any(Number) } });
    expect(tf.memory().numTensors).toBe(before);
  });

  it("may add layers to those of a sequential model", async () => {
    const before = tf.memory().numTensors;
    const grown = loneTrial();
    await transfer({
      layerRate: ({ name }) => (name === "head" ? 1 : 0),
      model(_params, { pretrained, outputs, tf }) {
        const model = tf.sequential({ layers: pretrained.layers.slice(0, -1) });
        model.add(tf.layers.dense({ units: outputs, name: "head" }));
        return model;
      },
    }).evaluate(toyParams, grown);
    expect(await hidden(grown)).toEqual(await hidden(trial));
    expect(tf.memory().numTensors).toBe(before);
  });

  it("may add layers without names, also where those of the model are the next that they would get", async () => {
    const next = Number(/\d+$/.exec(tf.layers.dense({ units: 1 }).name)?.[0]) + 1;
    const json = readFileSync(base, "utf8");
    const first = Number(/dense_Dense(\d+)/.exec(json)?.[1]);
    const ahead = join(folder, "ahead.json");
    writeFileSync(
      ahead,
      json.replaceAll(/dense_Dense(\d+)/g, (_name, number) => `dense_Dense${next - first + Number(number)}`),
    );
    const grown = transfer({
      pretrained: ahead,
      model(_params, { pretrained, outputs, tf }) {
        const model = tf.sequential({ layers: pretrained.layers.slice(0, 1) });
        model.add(tf.layers.dense({ units: outputs }));
        return model;
      },
    });
    expect(await grown.evaluate(toyParams, loneTrial())).toMatchObject({ loss: expect.any(Number) });
  });

  it("gives every fold a copy of its own", async () => {
    const before = tf.memory().numTensors;
    await transfer({ folds: 2 }).evaluate(toyParams, loneTrial());
    expect(tf.memory().numTensors).toBe(before);
  });

  it("frees it where the model function throws, and says what is missing", async () => {
    const before = tf.memory().numTensors;
    const model = () => {
      throw new Error("no model");
    };
    await expect(transfer({ model }).evaluate(toyParams, loneTrial())).rejects.toThrow("no model");
    expect(tf.memory().numTensors).toBe(before);
    const without = toyTraining({ model: (_params, { pretrained }) => pretrained });
    await expect(without.evaluate(toyParams, loneTrial())).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: "model: there is no pretrained model",
    });
  });
});

describe("a pretrained model is refused", () => {
  const wrong = (name: string, text: string | Uint8Array) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const json = () => JSON.parse(readFileSync(base, "utf8"));
  it.each([
    ["missing", () => join(folder, "none.json"), /none\.json cannot be read$/],
    ["no JSON", () => wrong("text.json", "weights"), /it is no JSON$/],
    ["null", () => wrong("null.json", "null"), /it has no modelTopology or no weightsManifest$/],
    [
      "of another format",
      () => wrong("graph.json", JSON.stringify({ ...json(), format: "graph-model" })),
      /its format is "graph-model"$/,
    ],
    [
      "without its weights",
      () => wrong("lost.json", JSON.stringify(json()).replace("weights.bin", "lost.bin")),
      /lost\.bin cannot be read$/,
    ],
    [
      "cut short",
      () => {
        wrong("short.bin", readFileSync(join(folder, "weights.bin")).subarray(0, 10));
        return wrong("short.json", JSON.stringify(json()).replace("weights.bin", "short.bin"));
      },
      /its weights do not fit: /,
    ],
  ])("that is %s", async (_name, file, why) => {
    const before = tf.memory().numTensors;
    await expect(readModel(tf, file())).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringMatching(why),
      hint: expect.stringContaining("model.json"),
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("the files of a model", () => {
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it("are its topology and what that names", () => {
    expect(modelFiles(pathToFileURL(base))).toEqual([base, join(folder, "weights.bin")]);
  });

  it.each([
    ["none", "nowhere.json", null, /nowhere\.json: expected a model .* cannot be read$/],
    ["no JSON", "text.json", "{", /text\.json: expected a model .* it is no JSON$/],
    ["no model", "empty.json", "{}", /empty\.json: expected a model .* no modelTopology/],
    [
      "one without its weights",
      "alone.json",
      '{"modelTopology":{},"weightsManifest":[{"paths":["gone.bin"],"weights":[]}]}',
      /alone\.json: expected a model .*gone\.bin cannot be read$/,
    ],
  ])("of %s are refused before the first trial", async (_case, name, text, message) => {
    const file = text === null ? join(folder, name) : written(name, text);
    const refused = { code: "DATA_INVALID", message: expect.stringMatching(message) };
    expect(() => modelFiles(file)).toThrow(expect.objectContaining(refused));
    await expect(transfer({ pretrained: file }).check?.(toyGoal)).rejects.toMatchObject(refused);
  });
});
