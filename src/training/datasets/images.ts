import type { ClassificationDataset, ImageShape } from "./dataset.ts";

/** Images of one size, each of one class. */
export interface LabelledImages {
  readonly shape: ImageShape;
  /** Shape [n, height, width, channels], in [0, 1]. */
  readonly features: Float32Array;
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
}

export function imageDataset(images: LabelledImages): ClassificationDataset {
  const { shape, labels } = images;
  const [height, width, channels] = shape;
  return {
    task: "classification",
    rows: labels.length,
    columns: height * width * channels,
    featureNames: pixelNames(shape),
    ...images,
  };
}

/** `3,5` is the pixel in row 3 and column 5, from 0; `3,5,1` its second channel. */
function pixelNames([height, width, channels]: ImageShape): readonly string[] {
  return Array.from({ length: height * width * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    const place = `${Math.floor(pixel / width)},${pixel % width}`;
    return channels === 1 ? place : `${place},${at % channels}`;
  });
}
