import { erfInterval, LOG_ROOT_TWO_PI, standardNormal } from "../../../numerics/normal.ts";
import type { Rng } from "../../../random/stream.ts";
import type { NumericCoordinate } from "../../coordinates.ts";
import { kernelWidths, PRIOR_PLACE, PRIOR_WIDTH } from "./widths.ts";

/** Kernels of one dimension, one a trial and the space's own behind them. */
export interface Kernels {
  /** Adds to each kernel's entry the logarithm of its density, or of its mass in the cell, at a value. */
  addTo(logs: Float64Array, value: number): void;
  /** A draw from one kernel, from another one's where that knows nothing of the dimension. */
  draw(kernel: number, rng: Rng): number;
}

/** A cell narrower than this share of a kernel's width is as good as its middle. */
const NARROW_CELL = 0.25;
const BORROWINGS = 8;

/**
 * Normal kernels cut at both ends of [0, 1].
 *
 * @param places by trial; NaN where the dimension was not active: such a kernel is uniform in it
 */
export function numericKernels(coordinate: NumericCoordinate, places: Float64Array): Kernels {
  const count = places.length + 1;
  const mus = new Float64Array(count);
  const widths = new Float64Array(count);
  mus.set(places);
  widths.set(kernelWidths(places));
  mus[count - 1] = PRIOR_PLACE;
  widths[count - 1] = PRIOR_WIDTH;
  const shape = { mus, widths, ...densities(mus, widths) };
  return {
    addTo: (logs, value) => {
      if (coordinate.grid) addMasses(logs, shape, coordinate.cell(value));
      else addDensities(logs, shape, value);
    },
    draw: (kernel, rng) => {
      const from = borrowed(shape, kernel, rng);
      return coordinate.snap(drawInside(mus[from] as number, widths[from] as number, rng)); // a kernel
    },
  };
}

interface Shape {
  readonly mus: Float64Array;
  /** 0 where a kernel knows nothing of the dimension. */
  readonly widths: Float64Array;
  /** Logarithm of the density at its peak, what is cut off put inside; 0 where it is uniform. */
  readonly peaks: Float64Array;
  /** Logarithm of the mass inside [0, 1]. */
  readonly insides: Float64Array;
}

function densities(mus: Float64Array, widths: Float64Array): Pick<Shape, "peaks" | "insides"> {
  const peaks = new Float64Array(mus.length);
  const insides = new Float64Array(mus.length);
  for (let kernel = 0; kernel < mus.length; kernel++) {
    const width = widths[kernel] as number; // as many as kernels, as are the others
    if (width === 0) continue;
    insides[kernel] = Math.log(massBetween(mus[kernel] as number, width, 0, 1));
    peaks[kernel] = -LOG_ROOT_TWO_PI - Math.log(width) - (insides[kernel] as number);
  }
  return { peaks, insides };
}

function massBetween(mu: number, width: number, from: number, to: number): number {
  const scale = 1 / (Math.SQRT2 * width);
  return erfInterval((from - mu) * scale, (to - mu) * scale);
}

function addDensities(logs: Float64Array, { mus, widths, peaks }: Shape, value: number): void {
  for (let kernel = 0; kernel < logs.length; kernel++) {
    const width = widths[kernel] as number;
    if (width === 0) continue;
    const z = (value - (mus[kernel] as number)) / width;
    logs[kernel] = (logs[kernel] as number) + (peaks[kernel] as number) - 0.5 * z * z;
  }
}

function addMasses(logs: Float64Array, shape: Shape, { from, to }: { from: number; to: number }): void {
  const { mus, widths, peaks, insides } = shape;
  const middle = (from + to) / 2;
  const logCell = Math.log(to - from);
  for (let kernel = 0; kernel < logs.length; kernel++) {
    const width = widths[kernel] as number;
    let mass = logCell;
    if (width > 0 && to - from < NARROW_CELL * width) {
      const z = (middle - (mus[kernel] as number)) / width;
      mass += (peaks[kernel] as number) - 0.5 * z * z;
    } else if (width > 0) {
      mass = logOf(massBetween(mus[kernel] as number, width, from, to)) - (insides[kernel] as number);
    }
    logs[kernel] = (logs[kernel] as number) + mass;
  }
}

/** Far from a kernel there is nothing left of it; a number stands for that which no sum is spoilt by. */
function logOf(mass: number): number {
  return mass > 0 ? Math.log(mass) : -745;
}

function borrowed({ widths }: Shape, kernel: number, rng: Rng): number {
  let from = kernel;
  for (let times = 0; widths[from] === 0 && times < BORROWINGS; times++) from = Math.floor(rng.next() * widths.length);
  return widths[from] === 0 ? widths.length - 1 : from;
}

/** By rejection: the mean lies inside, so at least a third of the draws do. */
function drawInside(mu: number, width: number, rng: Rng): number {
  for (;;) {
    const value = mu + width * standardNormal(rng);
    if (value >= 0 && value <= 1) return value;
  }
}
