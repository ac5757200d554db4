"""Writes numerics.json: python numerics.py > numerics.json

Needs scipy and mpmath. SciPy computes what it computes to the last bits; mpmath, with many digits, what SciPy loses in
the far tails (the logarithm of the normal cdf, truncated normals, expected improvement).
Numbers are written with 17 digits, infinities as strings.
"""

import json
import math
import sys

import mpmath as mp
import numpy as np
import scipy
from scipy import linalg, special
from scipy.stats import qmc, spearmanr

mp.mp.dps = 60
ROOT_TWO = mp.sqrt(2)
ROOT_TWO_PI = mp.sqrt(2 * mp.pi)


def figure(x):
    x = float(x)
    return x if math.isfinite(x) else "nan" if math.isnan(x) else "inf" if x > 0 else "-inf"


def figures(xs):
    return [figure(x) for x in np.asarray(xs, dtype=float).ravel()]


# --- special functions -------------------------------------------------------------------------------------------

AROUND_ZERO = [0, 1e-300, 1e-9, 0.1, 0.3, 0.5, 0.84374, 0.84376, 1, 1.2499, 1.2501, 2, 2.857, 2.858, 3.5, 5, 6.1, 9, 20, 26]
BEYOND = [27.9, 28.1, 37.5, 100, 1e4, 1e9, 1e100, 1e300]


def special_functions():
    both = sorted({s * x for x in AROUND_ZERO for s in (1, -1)})
    tails = sorted({s * x for x in AROUND_ZERO + BEYOND for s in (1, -1)})
    p = [5e-324, 1e-320, 1e-300, 1e-100, 1e-20, 1e-11, 1e-6, 0.01, 0.0749, 0.0751, 0.3, 0.5, 0.6, 0.9249, 0.9251, 0.99, 1 - 1e-12]
    return {
        "erf": [[x, figure(special.erf(x))] for x in both],
        "erfc": [[x, figure(special.erfc(x))] for x in both],
        "erfcx": [[x, figure(special.erfcx(x))] for x in tails if x > -26.5],
        "ndtri": [[x, figure(special.ndtri(x))] for x in p],
    }


# --- expected improvement ----------------------------------------------------------------------------------------


def log_improvement():
    zs = [-1e12, -1e8, -1e5, -1e3, -100, -40, -30, -25.01, -24.99, -20, -10, -5, -2, -1.01, -0.99, -0.5, 0, 0.5, 2, 6, 40, 1e6, 1e200]
    rows = []
    for z in zs:
        with mp.workdps(120):
            x = mp.mpf(z)
            mass = mp.erfc(-x / ROOT_TWO) / 2 if x > -1e4 else tail_mass(x)
            improvement = mp.exp(-x * x / 2) / ROOT_TWO_PI + x * mass
            rows.append([z, figure(mp.log(improvement)), figure(mass / improvement)])
    return rows


def tail_mass(x):
    """P(X <= x) far below 0."""
    return mp.exp(-x * x / 2) / ROOT_TWO_PI * mills_ratio(-x)


def mills_ratio(x):
    """P(X > x)/φ(x) for x from 50 on, by its continued fraction."""
    value = mp.mpf(0)
    for k in range(200, 0, -1):
        value = k / (x + value)
    return 1 / (x + value)


# --- truncated normals -------------------------------------------------------------------------------------------

INTERVALS = [
    (0, 1, "-inf", "inf"),
    (0, 1, -1, 1),
    (0.3, 0.2, 0, 1),
    (0, 1, -0.5, 40),
    (0, 1, -40, 0.1),
    (0, 1, -1e-5, 2e-5),
    (0, 1, -1e-12, 1e-12),
    (0, 1, 0, "inf"),
    (0, 1, 0, 1e-3),
    (2, 3, 2, 11),
    (0, 1, 1, 1.5),
    (0, 1, 1, 1 + 2**-10),
    (0, 1, 1, 1 + 2**-20),
    (0, 1, -3, -1),
    (0, 1, 5, "inf"),
    (0, 1, "-inf", -5),
    (0, 1, 8, 9),
    (0, 1, 37, 38),
    (0, 1, 40, "inf"),
    (0, 1, -1001, -1000),
    (0, 1, 1000, 1000 + 2**-13),
    (0, 1, 1000, 1000 + 2**-30),
    (0, 1, 1e8, "inf"),
    (1e6, 1e-3, 0, 1),
    (-5, 0.001, 0, 1),
    (1e300, 1e290, -1e300, 0),
]


def truncated_normals():
    return [truncated_normal(*(mp.mpf(x) for x in interval)) for interval in INTERVALS]


def truncated_normal(mu, sigma, low, high):
    """Relative to the density at `start`, the point of the interval nearest to mu, in units of sigma."""
    a, b = (low - mu) / sigma, (high - mu) / sigma
    a, b = (-b, -a) if b <= 0 else (a, b)
    start = a if a > 0 else mp.mpf(0)
    with mp.workdps(80):
        mass = between(a, b, start)
        return {
            "mu": figure(mu),
            "sigma": figure(sigma),
            "low": figure(low),
            "high": figure(high),
            "log_mass": figure(mp.log(mass) - start * start / 2 - mp.log(ROOT_TWO_PI)),
        }


def between(a, b, start):
    """The integral of exp((start² - z²)/2) over [a, b]."""
    if a < 0:
        return (mp.erf(b / ROOT_TWO) - mp.erf(a / ROOT_TWO)) * ROOT_TWO_PI / 2
    return survival(0, start) - survival(b - a, start)


def survival(t, start):
    """The integral of exp((start² - z²)/2) from start + t on."""
    if t == mp.inf:
        return mp.mpf(0)
    z = start + t
    mills = mp.erfc(z / ROOT_TWO) * mp.exp(z * z / 2) * ROOT_TWO_PI / 2 if z < 50 else mills_ratio(z)
    return mills * mp.exp(-t * (start + t / mp.mpf(2)))


# --- Cholesky ----------------------------------------------------------------------------------------------------


def matern(x, scale):
    d = np.sqrt(5) * np.abs(x[:, None] - x[None, :]) / scale
    return (1 + d + d * d / 3) * np.exp(-d)


def factorizations():
    rng = np.random.default_rng(4)
    wishart = rng.normal(size=(7, 9))
    cases = {
        "one": np.array([[4.0]]),
        "matern": matern(rng.uniform(size=12), 0.3) + 1e-4 * np.eye(12),
        "wishart": wishart @ wishart.T,
        "large": 1e300 * (matern(rng.uniform(size=5), 0.3) + 1e-2 * np.eye(5)),
        "small": 1e-300 * (matern(rng.uniform(size=5), 0.3) + 1e-2 * np.eye(5)),
    }
    return [factorization(name, a, rng.normal(size=len(a))) for name, a in cases.items()]


def factorization(name, a, b):
    factor = linalg.cho_factor(a, lower=True)
    lower = np.tril(factor[0])
    return {
        "name": name,
        "size": len(a),
        "matrix": figures(a),
        "lower": figures(lower),
        "b": figures(b),
        "solved_lower": figures(linalg.solve_triangular(lower, b, lower=True)),
        "solved": figures(linalg.cho_solve(factor, b)),
        "log_determinant": figure(np.sum(2 * np.log(np.diag(lower)))),
        "inverse": figures(linalg.cho_solve(factor, np.eye(len(a)))),
    }


# --- rank correlation --------------------------------------------------------------------------------------------


def rank_correlations():
    rng = np.random.default_rng(5)
    x = rng.normal(size=40)
    cases = {
        "two": ([1, 2], [5, 3]),
        "noisy": (x, x + rng.normal(size=40)),
        "opposed": (x, -np.exp(x)),
        "tied": (rng.integers(0, 4, size=30), rng.integers(0, 3, size=30)),
        "wide": ([1e300, -1e300, np.inf, 0, 1e-300], [3, 1, 4, 1, 5]),
    }
    return [
        {"name": name, "x": figures(x), "y": figures(y), "rho": figure(spearmanr(x, y).statistic)}
        for name, (x, y) in cases.items()
    ]


# --- the Sobol sequence ------------------------------------------------------------------------------------------


def sobol():
    """Points of 128 dimensions as integers of 32 bits, each with its number; SciPy counts in Gray code, we in binary."""
    numbers = [0, 1, 2, 3, 6, 13, 100, 1023, 0x5A5A5, 0xFFFFF, 0x2D1C3F7]
    return [[i ^ (i >> 1), sobol_point(i)] for i in numbers]


def sobol_point(i):
    sequence = qmc.Sobol(d=128, scramble=False, bits=32)
    if i > 0:
        sequence.fast_forward(i)
    return [int(x) for x in np.round(sequence.random(1)[0] * 2**32)]


if __name__ == "__main__":
    golden = {
        "_meta": {"scipy": scipy.__version__, "numpy": np.__version__, "mpmath": mp.__version__},
        **special_functions(),
        "log_improvement": log_improvement(),
        "truncated_normal": truncated_normals(),
        "sobol": sobol(),
        "cholesky": factorizations(),
        "rank_correlation": rank_correlations(),
    }
    sections = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in golden.items())
    sys.stdout.write("{\n" + sections + "\n}\n")
