/** Four sizes, or a place by four indices. */
export type Shape = readonly [number, number, number, number];

export interface Convolution {
  /** [batch, height, width, channels]. */
  readonly image: Shape;
  /** [height, width, channels, filters], the filters of each channel where it is depthwise. */
  readonly filter: Shape;
  readonly output: Shape;
  readonly isDepthwise: boolean;
  readonly stride: number;
  /** Rows and columns of zeros before the image. */
  readonly before: readonly [number, number];
}

/** Row-major values. */
interface Operands {
  readonly x: Float32Array;
  readonly w: Float32Array;
  /** Of each output in the loss. */
  readonly weight: Float32Array;
}

/** Output, and gradients of image and filter: each entry of the filter in each of its places, added where it belongs. */
export function byDefinition(
  { image, filter, output, isDepthwise, stride, before }: Convolution,
  { x, w, weight }: Operands,
): readonly Float32Array[] {
  const [y, dx, dw] = [new Float32Array(weight.length), new Float32Array(x.length), new Float32Array(w.length)];
  for (const [n, row, column] of placesOf([output[0], output[1], output[2], 1])) {
    for (const entry of placesOf(filter)) {
      const [i, j, channel, number] = entry;
      const [top, left] = [row * stride + i - before[0], column * stride + j - before[1]];
      if (top < 0 || top >= image[1] || left < 0 || left >= image[2]) continue;
      const toX = indexOf(image, [n, top, left, channel]);
      const toW = indexOf(filter, entry);
      const toY = indexOf(output, [n, row, column, isDepthwise ? channel * filter[3] + number : number]);
      add(y, toY, (x[toX] ?? 0) * (w[toW] ?? 0));
      add(dx, toX, (weight[toY] ?? 0) * (w[toW] ?? 0));
      add(dw, toW, (weight[toY] ?? 0) * (x[toX] ?? 0));
    }
  }
  return [y, dx, dw];
}

export function size([a, b, c, d]: Shape): number {
  return a * b * c * d;
}

/** Every place of an array of this shape, in row-major order. */
function placesOf(shape: Shape): readonly Shape[] {
  const [, b, c, d] = shape;
  return Array.from({ length: size(shape) }, (_, index): Shape => {
    return [Math.floor(index / (b * c * d)), Math.floor(index / (c * d)) % b, Math.floor(index / d) % c, index % d];
  });
}

function indexOf([, b, c, d]: Shape, [i, j, k, l]: Shape): number {
  return ((i * b + j) * c + k) * d + l;
}

function add(values: Float32Array, index: number, value: number): void {
  values[index] = (values[index] ?? 0) + value;
}
