// The analytic tasks. Standard ones follow Surjanovic and Bingham's collection of test functions, written anew; `mixed`
// and `tree` were made for this set. Each takes a configuration and the task's `params`; each is minimized.

const { PI, E, sin, cos, exp, sqrt, abs, log10 } = Math;

/** x0, x1, ... in order. */
function coordinates(config) {
  const names = Object.keys(config).filter((name) => /^x\d+$/.test(name));
  return names.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))).map((name) => config[name]);
}

const shifted = (config, shift) => coordinates(config).map((x, axis) => x - shift[axis]);
const sum = (terms) => terms.reduce((total, term) => total + term, 0);

const HARTMANN_ALPHA = [1, 1.2, 3, 3.2];
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
];

const MIXED_CENTRE = { a: 0.8, b: 0.3, c: 0.55, d: 0.1 };
const MIXED_BASE = { a: 0.6, b: 0, c: 0.25, d: 1 };

export const functions = {
  branin(config) {
    const [x, y] = coordinates(config);
    return (y - (5.1 / (4 * PI * PI)) * x * x + (5 / PI) * x - 6) ** 2 + 10 * (1 - 1 / (8 * PI)) * cos(x) + 10;
  },
  hartmann6(config) {
    const x = coordinates(config);
    const bump = (row) =>
      sum(x.map((value, axis) => HARTMANN_A[row][axis] * (value - 1e-4 * HARTMANN_P[row][axis]) ** 2));
    return -sum(HARTMANN_ALPHA.map((alpha, row) => alpha * exp(-bump(row))));
  },
  rosenbrock(config) {
    const x = coordinates(config);
    return sum(x.slice(1).map((next, axis) => 100 * (next - x[axis] ** 2) ** 2 + (1 - x[axis]) ** 2));
  },
  ackley(config, { shift }) {
    const x = shifted(config, shift);
    const square = sum(x.map((value) => value * value)) / x.length;
    const ripple = sum(x.map((value) => cos(2 * PI * value))) / x.length;
    return -20 * exp(-0.2 * sqrt(square)) - exp(ripple) + 20 + E;
  },
  rastrigin(config, { shift }) {
    const x = shifted(config, shift);
    return 10 * x.length + sum(x.map((value) => value * value - 10 * cos(2 * PI * value)));
  },
  /** A bowl whose centre moves with `kind`; `flag` trades a penalty for a ripple. */
  mixed({ kind, flag, x0, lr, k, m }) {
    const off = x0 - MIXED_CENTRE[kind];
    const bowl = 4 * off ** 2 + (2 * (log10(lr) + 2.5) ** 2) / 6 + 0.03 * (k - 7) ** 2 + (0.5 * abs(m - 3)) / 4;
    return MIXED_BASE[kind] + bowl + (flag ? 0.3 * (1 - cos(6 * PI * off)) : 0.2);
  },
  /** Three branches. A is easy and ends at 0.5; the best is in B, with its nested switch on. */
  tree(config) {
    if (config.algo === "A") return 0.5 + (config.a_x - 0.7) ** 2;
    if (config.algo === "C") return 0.25 + 0.4 * sqrt(abs(config.c_x - 3)) + 0.2 * sin(5 * config.c_x) ** 2;
    const bowl = 2 * (config.b_x + 1) ** 2 + (config.b_y - 2) ** 2 / 4;
    if (config.b_mode === "off") return 0.35 + bowl;
    return 0.1 * (log10(config.b_z) + 1) ** 2 + 0.02 * (config.b_n - 5) ** 2 + bowl;
  },
};
