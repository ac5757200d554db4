// Tasks whose evaluations lie on a grid: looked up, or interpolated between its points. Arrays are flat, the last axis
// fastest.

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Linear in each axis, constant beyond the outermost points. */
export function interpolate({ axes }, values, config) {
  const places = axes.map(({ name, log2, lo, step, n }) => {
    const at = clamp(((log2 ? Math.log2(config[name]) : config[name]) - lo) / step, 0, n - 1);
    const below = Math.min(Math.floor(at), n - 2);
    return { below, share: at - below };
  });
  let sum = 0;
  for (let corner = 0; corner < 1 << axes.length; corner++) {
    let [weight, index] = [1, 0];
    for (const [axis, { below, share }] of places.entries()) {
      const above = (corner >> axis) & 1;
      weight *= above ? share : 1 - share;
      index = index * axes[axis].n + below + above;
    }
    if (weight !== 0) sum += weight * values[index];
  }
  return sum;
}

/** Where a full factorial table has the configuration: every parameter is an index or a category. */
export function tableIndex({ axes }, config) {
  return axes.reduce((index, { name, choices, n }) => {
    const at = choices ? choices.indexOf(config[name]) : config[name];
    if (!(at >= 0 && at < n)) throw new Error(`${name}: ${config[name]} is not in the table`);
    return index * n + at;
  }, 0);
}
