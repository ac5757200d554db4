// Forests of extremely randomized trees that were fitted to real evaluations.

/**
 * Mean of the trees, one number for each output.
 *
 * A feature is a parameter, or with `eq` whether a parameter has that value; `def` where the parameter is inactive. A
 * tree is an array of nodes, depth first: `f` the feature or -1 at a leaf, `t` the threshold, `r` the right child or,
 * at a leaf, its place in `v`, which holds an array for each output.
 */
export function predict({ features, trees }, config) {
  const x = features.map((feature) => valueFor(feature, config[feature.p]));
  const sums = trees[0].v.map(() => 0);
  for (const { f, t, r, v } of trees) {
    let node = 0;
    while (f[node] >= 0) node = x[f[node]] <= t[node] ? node + 1 : r[node];
    for (let output = 0; output < sums.length; output++) sums[output] += v[output][r[node]];
  }
  return sums.map((sum) => sum / trees.length);
}

function valueFor(feature, value) {
  if (value === undefined || value === null) return feature.def;
  if ("eq" in feature) return value === feature.eq ? 1 : 0;
  return Number(value);
}
