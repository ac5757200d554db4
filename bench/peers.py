"""Seconds of one proposal of Hyperopt and Optuna, on the space and objective of proposals.ts.

Run: python3 bench/peers.py 50 200 1000 3000
Prints one JSON object a line: {"name", "past", "times"} in milliseconds, or {"name", "missing": true}.
"""

import json
import math
import random
import sys
import time

PROPOSALS = 12
SEED = 1
UNIFORM = [f"u{i}" for i in range(5)]
LOGARITHMIC = [f"l{i}" for i in range(3)]
CHOICES = [f"c{i}" for i in range(2)]
OPTIONS = 4


def loss_of(params):
    """A bowl: lowest where uniform ones are 0, logarithmic ones 1e-3, choices the first."""
    loss = sum((params[name] / 5) ** 2 for name in UNIFORM)
    loss += sum((math.log10(params[name]) + 3) ** 2 / 9 for name in LOGARITHMIC)
    return loss + sum(params[name] / OPTIONS for name in CHOICES)


def draw(rng):
    params = {name: rng.uniform(-5, 5) for name in UNIFORM}
    params.update({name: 10 ** rng.uniform(-5, 0) for name in LOGARITHMIC})
    params.update({name: rng.randrange(OPTIONS) for name in CHOICES})
    return params


def hyperopt_times(past):
    import numpy
    from hyperopt import hp, tpe
    from hyperopt.base import JOB_STATE_DONE, STATUS_OK, Domain, Trials

    space = {name: hp.uniform(name, -5, 5) for name in UNIFORM}
    space.update({name: hp.loguniform(name, math.log(1e-5), 0) for name in LOGARITHMIC})
    space.update({name: hp.choice(name, list(range(OPTIONS))) for name in CHOICES})
    domain = Domain(loss_of, space)
    trials = Trials()

    def tell(tid, params):
        misc = {"tid": tid, "cmd": domain.cmd, "workdir": domain.workdir}
        misc["idxs"] = {name: [tid] for name in params}
        misc["vals"] = {name: [value] for name, value in params.items()}
        result = {"status": STATUS_OK, "loss": loss_of(params)}
        [document] = trials.new_trial_docs([tid], [None], [result], [misc])
        document["state"] = JOB_STATE_DONE
        trials.insert_trial_doc(document)

    rng = random.Random(SEED)
    for tid in range(past):
        tell(tid, draw(rng))
    trials.refresh()
    times = []
    for tid in range(past, past + PROPOSALS):
        seed = int(numpy.random.default_rng(tid).integers(2**31 - 1))
        begin = time.perf_counter()
        [document] = tpe.suggest([tid], domain, trials, seed)
        times.append(1e3 * (time.perf_counter() - begin))
        tell(tid, {name: values[0] for name, values in document["misc"]["vals"].items()})
        trials.refresh()
    return times


def optuna_times(past):
    import optuna
    from optuna.distributions import CategoricalDistribution, FloatDistribution

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    space = {name: FloatDistribution(-5, 5) for name in UNIFORM}
    space.update({name: FloatDistribution(1e-5, 1, log=True) for name in LOGARITHMIC})
    space.update({name: CategoricalDistribution(list(range(OPTIONS))) for name in CHOICES})
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=SEED))
    rng = random.Random(SEED)
    for _ in range(past):
        params = draw(rng)
        study.add_trial(optuna.trial.create_trial(params=params, distributions=space, value=loss_of(params)))
    times = []
    for _ in range(PROPOSALS):
        begin = time.perf_counter()
        trial = study.ask(space)
        times.append(1e3 * (time.perf_counter() - begin))
        study.tell(trial, loss_of(trial.params))
    return times


def main():
    for module, times_of in [("hyperopt", hyperopt_times), ("optuna", optuna_times)]:
        try:
            version = getattr(__import__(module), "__version__", "")
        except ImportError:
            print(json.dumps({"name": module, "missing": True}))
            continue
        for past in map(int, sys.argv[1:]):
            print(json.dumps({"name": f"{module} {version}", "past": past, "times": times_of(past)}), flush=True)


main()
