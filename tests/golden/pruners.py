"""Verdicts of Optuna's pruners on recorded curves: python pruners.py > pruners.json"""

import json
import math
import random
import sys

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
STEPS, TRIALS = 26, 40  # the last step is below the rung at 27, where parzen decides nothing any more


def curves(seed, odd):
    rng = random.Random(seed)
    found = []
    for number in range(TRIALS):
        end, speed = rng.random(), 1 + 5 * rng.random()
        values = [end + 3 / (1 + speed * step) + 0.05 * rng.random() for step in range(STEPS)]
        if odd and number in (0, 17):
            values = [math.nan] * STEPS if number == 17 else values[:4] + [math.nan] + values[5:]
        if odd and number % 6 == 5:
            values = [round(value, 1) for value in values]
        found.append([[step + 1, value] for step, value in enumerate(values) if number % 4 != 3 or step % 3 != 1])
    return found


def verdicts(make, given, direction):
    """The step at which each trial is pruned, one trial after the other; None where it is complete."""
    sign = -1 if direction == "maximize" else 1
    study = optuna.create_study(direction=direction, pruner=make())
    ends = []
    for curve in given:
        trial, end = study.ask(), None
        for step, value in curve:
            trial.report(sign * value, step)
            if trial.should_prune():
                end = step
                break
        ends.append(end)
        if end is not None:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
        elif math.isnan(curve[-1][1]):
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
        else:
            study.tell(trial, sign * curve[-1][1])
    return ends


P = optuna.pruners
CASES = [
    ({"name": "median"}, lambda: P.MedianPruner()),
    ({"name": "median", "options": {"startup": 2, "warmup": 3, "interval": 4, "least": 3}},
     lambda: P.MedianPruner(n_startup_trials=2, n_warmup_steps=3, interval_steps=4, n_min_trials=3)),
    ({"name": "percentile"}, lambda: P.PercentilePruner(25.0)),
    ({"name": "percentile", "options": {"percentile": 70, "startup": 3}}, lambda: P.PercentilePruner(70.0, n_startup_trials=3)),
    ({"name": "successiveHalving", "options": {"min": 1, "eta": 3}}, lambda: P.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3)),
    ({"name": "successiveHalving", "options": {"min": 2, "eta": 4}}, lambda: P.SuccessiveHalvingPruner(min_resource=2, reduction_factor=4)),
    ({"name": "patient", "options": {"patience": 2}}, lambda: P.PatientPruner(None, patience=2)),
    ({"name": "patient", "options": {"patience": 1, "minDelta": 0.02, "pruner": {"name": "median", "options": {"startup": 2}}}},
     lambda: P.PatientPruner(P.MedianPruner(n_startup_trials=2), patience=1, min_delta=0.02)),
    ({"name": "threshold", "options": {"upper": 1.2, "warmup": 4}}, lambda: P.ThresholdPruner(upper=1.2, n_warmup_steps=4)),
    ({"name": "threshold", "options": {"lower": 0.4, "upper": 3.5, "interval": 3}},
     lambda: P.ThresholdPruner(lower=0.4, upper=3.5, interval_steps=3)),
]

given = {"plain": curves(1, False), "odd": curves(2, True)}
rows = [
    {"pruner": spec, "curves": name, "ends": verdicts(make, given[name], "minimize")}
    for spec, make in CASES
    for name in given
]
text = json.dumps({"_meta": {"optuna": optuna.__version__, "python": sys.version.split()[0]}, "curves": given, "rows": rows})
print(text.replace("NaN", '"nan"'))
