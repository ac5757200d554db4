"""Importance of params by Optuna's evaluators: reads histories as JSON, prints shares by evaluator for each."""
import json
import sys
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import FanovaImportanceEvaluator, PedAnovaImportanceEvaluator, get_param_importances

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def distribution(param):
    if param["type"] == "cat":
        return CategoricalDistribution(param["choices"])
    kind = IntDistribution if param["type"] == "int" else FloatDistribution
    return kind(param["low"], param["high"], log=param.get("log", False))


def shares(history):
    space = {param["name"]: distribution(param) for param in history["space"]}
    study = optuna.create_study()
    for trial in history["trials"]:
        study.add_trial(
            optuna.trial.create_trial(params=trial["config"], distributions=space, value=trial["loss"])
        )
    evaluators = {"Optuna, PED-ANOVA": PedAnovaImportanceEvaluator(), "Optuna, fANOVA": FanovaImportanceEvaluator(seed=0)}
    found = {name: get_param_importances(study, evaluator=evaluator) for name, evaluator in evaluators.items()}
    return {name: [share.get(param["name"], 0) for param in history["space"]] for name, share in found.items()}


print(json.dumps([shares(history) for history in json.load(sys.stdin)]))
