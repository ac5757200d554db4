/** A value on each axis; null where there is none. */
type Places = readonly (number | null)[];

/** A line over parallel axes, as far as it has values. */
export interface Polyline {
  /** Stretches over neighbouring axes with values, two or more. */
  readonly runs: readonly Places[];
  /** The two ends of each gap between them. */
  readonly gaps: readonly Places[];
}

/** Takes a line apart. Each part is as long as the line, with null where it does not go. */
export function polylineOf(line: Places): Polyline {
  const filled = [...line.keys()].filter((axis) => line[axis] !== null);
  const starts = filled.filter((axis, index) => axis === 0 || filled[index - 1] !== axis - 1);
  const part = (isIn: (axis: number) => boolean): Places => line.map((value, axis) => (isIn(axis) ? value : null));
  const endOf = (start: number): number => {
    const gap = line.indexOf(null, start);
    return gap < 0 ? line.length - 1 : gap - 1;
  };
  const runs = starts.map((start) => ({ start, end: endOf(start) }));
  return {
    runs: runs
      .filter(({ start, end }) => end > start)
      .map(({ start, end }) => part((axis) => axis >= start && axis <= end)),
    gaps: runs.slice(1).map(({ start }, before) => part((axis) => axis === start || axis === runs[before]?.end)),
  };
}
