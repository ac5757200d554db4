"""Trials per CPU-second of Optuna and Hyperopt with random search; one JSON line each. Called by throughput.ts."""

import json
import resource
import sys
import time


def measure(what, trials, act):
    before, wall = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    act()
    after, wall = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - wall
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(json.dumps({"what": what, "trials": trials, "perCpuSecond": trials / cpu, "perSecond": trials / wall}), flush=True)


def optuna_rows(folder):
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)

    def objective(trial):
        return trial.suggest_float("x", -5, 5) ** 2 + trial.suggest_float("y", -5, 5) ** 2

    def run(storage, trials):
        study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0), storage=storage)
        study.optimize(objective, n_trials=trials)

    run(None, 100)
    measure(f"Optuna {optuna.__version__}, memory", 2000, lambda: run(None, 2000))
    measure(f"Optuna {optuna.__version__}, SQLite", 300, lambda: run(f"sqlite:///{folder}/optuna.db", 300))


def hyperopt_rows(_folder):
    import numpy
    import hyperopt
    from hyperopt import fmin, hp, rand

    space = {"x": hp.uniform("x", -5, 5), "y": hp.uniform("y", -5, 5)}

    def run(trials):
        rng = numpy.random.default_rng(0)
        fmin(lambda p: p["x"] ** 2 + p["y"] ** 2, space, algo=rand.suggest, max_evals=trials, rstate=rng, verbose=False)

    run(20)
    measure(f"Hyperopt {hyperopt.__version__}, memory", 1000, lambda: run(1000))


for rows in (optuna_rows, hyperopt_rows):
    try:
        rows(sys.argv[1])
    except ImportError as error:
        print(f"left out: {error}", file=sys.stderr)
