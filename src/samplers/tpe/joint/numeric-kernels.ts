import { erfInterval, LOG_ROOT_TWO_PI, standardNormal } from "../../../numerics/normal.ts";
import type { Rng } from "../../../random/stream.ts";
import type { NumericCoordinate } from "../../coordinates.ts";
import type { Kernels } from "./kernels.ts";
import { kernelWidths, PRIOR_PLACE } from "./widths.ts";

/**
 * Normal kernels cut at both ends of [0, 1], one a trial and the space's own behind them.
 *
 * @param places by trial; NaN where the dimension was not active: such a kernel is uniform in it
 */
export function numericKernels(coordinate: NumericCoordinate, places: Float64Array): Kernels {
  const mus = new Float64Array(places.length + 1).fill(PRIOR_PLACE);
  mus.set(places);
  const widths = new Float64Array(places.length + 1).fill(coordinate.spread);
  widths.set(kernelWidths(places, coordinate.spread));
  const groups = coordinate.grid ? equalKernels(mus, widths) : null;
  const shape = shapeOf(
    groups === null ? mus : pick(mus, groups.first),
    groups === null ? widths : pick(widths, groups.first),
  );
  return {
    addTo: groups === null ? densityAdder(shape) : massAdder(shape, coordinate, groups),
    draw: (kernel, rng) => {
      const from = borrowed(widths, kernel, rng);
      return coordinate.snap(drawInside(mus[from] as number, widths[from] as number, rng)); // a kernel
    },
  };
}

interface Shape {
  readonly mus: Float64Array;
  /** 1/width; 0 where a kernel knows nothing of the dimension. */
  readonly scales: Float64Array;
  /** Logarithm of the mass inside [0, 1]. */
  readonly insides: Float64Array;
  /** Logarithm of the density at its peak, what is cut off put inside; 0 where it is uniform. */
  readonly peaks: Float64Array;
}

/** Beyond so many widths there is nothing left to cut off. */
const REACH = 6;

function shapeOf(places: Float64Array, widths: Float64Array): Shape {
  const mus = Float64Array.from(places);
  const scales = new Float64Array(mus.length);
  const insides = new Float64Array(mus.length);
  const peaks = new Float64Array(mus.length);
  let width = 0;
  let logWidth = 0;
  for (let kernel = 0; kernel < mus.length; kernel++) {
    if (widths[kernel] === 0) {
      mus[kernel] = PRIOR_PLACE;
      continue;
    }
    if (widths[kernel] !== width) {
      width = widths[kernel] as number; // as many as kernels, as are the others
      logWidth = Math.log(width);
    }
    scales[kernel] = 1 / width;
    const mu = mus[kernel] as number;
    if (Math.min(mu, 1 - mu) < REACH * width) insides[kernel] = Math.log(massBetween(mu, 1 / width, 0, 1));
    peaks[kernel] = -LOG_ROOT_TWO_PI - logWidth - (insides[kernel] as number);
  }
  return { mus, scales, insides, peaks };
}

function massBetween(mu: number, scale: number, from: number, to: number): number {
  return erfInterval((from - mu) * scale * Math.SQRT1_2, (to - mu) * scale * Math.SQRT1_2);
}

function densityAdder({ mus, scales, peaks }: Shape): Kernels["addTo"] {
  return (logs, value) => {
    for (let kernel = 0; kernel < logs.length; kernel++) {
      const z = (value - (mus[kernel] as number)) * (scales[kernel] as number); // as many as kernels
      logs[kernel] = (logs[kernel] as number) + (peaks[kernel] as number) - 0.5 * z * z;
    }
  };
}

/** Kernels of a grid that are equal. */
interface Groups {
  /** By kernel. */
  readonly groupOf: Int32Array;
  /** By group, its first kernel. */
  readonly first: readonly number[];
}

function equalKernels(mus: Float64Array, widths: Float64Array): Groups {
  const atPlace = new Map<number, number>();
  const first: number[] = [];
  const groupOf = new Int32Array(mus.length);
  for (let kernel = 0; kernel < mus.length; kernel++) {
    const mu = mus[kernel] as number; // kernel < mus.length
    let group = atPlace.get(mu); // a Map finds NaN too
    if (group === undefined || widths[first[group] ?? -1] !== widths[kernel]) {
      group = first.push(kernel) - 1;
      atPlace.set(mu, group);
    }
    groupOf[kernel] = group;
  }
  return { groupOf, first };
}

function pick(values: Float64Array, kernels: readonly number[]): Float64Array {
  return Float64Array.from(kernels, (kernel) => values[kernel] as number); // a kernel
}

/** A cell narrower than this share of a kernel's width is as good as its middle. */
const NARROW_CELL = 0.6;

function massAdder(shape: Shape, coordinate: NumericCoordinate, { groupOf, first }: Groups): Kernels["addTo"] {
  const masses = new Float64Array(first.length);
  return (logs, value) => {
    fillMasses(masses, shape, coordinate.cell(value));
    for (let kernel = 0; kernel < logs.length; kernel++) {
      const mass = masses[groupOf[kernel] as number] as number; // every kernel has a group
      logs[kernel] = (logs[kernel] as number) + mass;
    }
  };
}

function fillMasses(masses: Float64Array, shape: Shape, { from, to }: { from: number; to: number }): void {
  const { mus, scales, insides, peaks } = shape;
  const middle = (from + to) / 2;
  const logCell = Math.log(to - from);
  for (let group = 0; group < masses.length; group++) {
    const mu = mus[group] as number; // as many as groups, as are the others
    const scale = scales[group] as number;
    if ((to - from) * scale < NARROW_CELL) {
      const z = (middle - mu) * scale;
      masses[group] = logCell + (peaks[group] as number) - 0.5 * z * z;
    } else {
      masses[group] = logOf(massBetween(mu, scale, from, to)) - (insides[group] as number);
    }
  }
}

/** Far from a kernel there is nothing left of it; a number stands for that which no sum is spoilt by. */
function logOf(mass: number): number {
  return mass > 0 ? Math.log(mass) : -745;
}

const BORROWINGS = 8;

/** A kernel that knows the dimension: the one asked for, else one drawn at random, else the space's own. */
function borrowed(widths: Float64Array, kernel: number, rng: Rng): number {
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
