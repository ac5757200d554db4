"""Optuna and Hyperopt behind one ask/tell protocol: a JSON object a line in, one a line out.

{"do": "begin", "peer": "optuna", "space": [...], "seed": 0} -> {"version": "5.0.0"} or {"missing": "why"}
{"do": "add", "config": {...}, "loss": 1.5}                  -> {}, a result that is known from elsewhere
{"do": "ask"}                                                -> {"id": 0, "config": {...}, "ms": 4.1, "cpuMs": 4.0}
{"do": "tell", "id": 0, "loss": 1.5}                         -> {}

Every peer runs as its own documentation says, with its defaults; running trials are known to it as running.
"""

import json
import math
import os
import sys
import time
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
warnings.filterwarnings("ignore")


def is_active(space, config, param):
    when = param.get("when")
    if when is None:
        return True
    parent = space[when["param"]]
    return is_active(space, config, parent) and config.get(parent["name"]) in when["in"]


class Optuna:
    def __init__(self, peer, params, seed):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.version = optuna.__version__
        self.space = {param["name"]: param for param in params}
        self.study = optuna.create_study(sampler=self.sampler(peer, seed))
        self.trials = {}

    @staticmethod
    def sampler(peer, seed):
        from optuna.samplers import GPSampler, TPESampler

        if peer == "optuna-gp":
            import torch

            torch.set_num_threads(1)
            return GPSampler(seed=seed)
        return TPESampler(seed=seed, multivariate=True) if peer == "optuna-multivariate" else TPESampler(seed=seed)

    def ask(self):
        trial, config = self.study.ask(), {}
        for param in self.space.values():
            if is_active(self.space, config, param):
                config[param["name"]] = self.suggest(trial, param)
        self.trials[trial.number] = trial
        return trial.number, config

    @staticmethod
    def suggest(trial, param):
        if param["type"] == "cat":
            return trial.suggest_categorical(param["name"], param["choices"])
        suggest = trial.suggest_float if param["type"] == "float" else trial.suggest_int
        return suggest(param["name"], param["low"], param["high"], log=param.get("log", False))

    def tell(self, number, loss):
        self.study.tell(self.trials.pop(number), loss)

    def add(self, config, loss):
        import optuna

        distributions = {name: self.distribution(self.space[name]) for name in config}
        self.study.add_trial(optuna.trial.create_trial(params=config, distributions=distributions, value=loss))

    @staticmethod
    def distribution(param):
        from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

        if param["type"] == "cat":
            return CategoricalDistribution(param["choices"])
        kind = FloatDistribution if param["type"] == "float" else IntDistribution
        return kind(param["low"], param["high"], log=param.get("log", False))


class Hyperopt:
    def __init__(self, _peer, params, seed):
        import hyperopt
        import numpy
        from hyperopt.base import Domain, Trials

        self.version = hyperopt.__version__
        self.hyperopt = hyperopt
        self.params = {param["name"]: param for param in params}
        self.nodes = {}
        self.space = {param["name"]: self.node(param) for param in params if "when" not in param}
        self.domain = Domain(lambda config: 0.0, self.space)
        self.trials = Trials()
        self.rng = numpy.random.default_rng(seed)

    def node(self, param):
        """One node for each parameter: Hyperopt takes the same node in several branches, not the same label twice."""
        name = param["name"]
        if name not in self.nodes:
            self.nodes[name] = self.choice(param) if param["type"] == "cat" else self.number(param)
        return self.nodes[name]

    def number(self, param):
        hp, name = self.hyperopt.hp, param["name"]
        low, high, log = param["low"], param["high"], param.get("log", False)
        if param["type"] == "float":
            return hp.loguniform(name, math.log(low), math.log(high)) if log else hp.uniform(name, low, high)
        return hp.qloguniform(name, math.log(low), math.log(high), 1) if log else hp.uniformint(name, low, high)

    def choice(self, param):
        def option(value):
            on = [child for child in self.params.values() if self.is_on(child, param["name"], value)]
            return {"is": value, **{child["name"]: self.node(child) for child in on}}

        return self.hyperopt.hp.choice(param["name"], [option(value) for value in param["choices"]])

    @staticmethod
    def is_on(child, name, value):
        return "when" in child and child["when"]["param"] == name and value in child["when"]["in"]

    def ask(self):
        [number] = self.trials.new_trial_ids(1)
        self.trials.refresh()
        seed = self.rng.integers(2**31 - 1)
        [document] = self.hyperopt.tpe.suggest([number], self.domain, self.trials, seed)
        document["state"] = self.hyperopt.JOB_STATE_RUNNING
        self.trials.insert_trial_doc(document)
        drawn = {name: values[0] for name, values in document["misc"]["vals"].items() if values}
        return number, self.config(self.hyperopt.space_eval(self.space, drawn))

    def config(self, drawn):
        """Flat, and inside the bounds, which Hyperopt's rounding may leave."""
        config = {}
        for name, value in drawn.items():
            if isinstance(value, dict):
                config[name] = value["is"]
                config.update(self.config({key: inner for key, inner in value.items() if key != "is"}))
            elif self.params[name]["type"] == "cat":
                config[name] = value
            else:
                inside = min(max(float(value), self.params[name]["low"]), self.params[name]["high"])
                config[name] = round(inside) if self.params[name]["type"] == "int" else inside
        return config

    def tell(self, number, loss):
        [document] = [trial for trial in self.trials._dynamic_trials if trial["tid"] == number]
        self.finish(document, loss)
        self.trials.refresh()

    def finish(self, document, loss):
        document["result"] = {"status": self.hyperopt.STATUS_OK, "loss": loss}
        document["state"] = self.hyperopt.JOB_STATE_DONE

    def add(self, config, loss):
        """Known results have every parameter active, as in bench/overhead."""
        [number] = self.trials.new_trial_ids(1)
        values = {name: self.drawn(self.params[name], value) for name, value in config.items()}
        misc = {"tid": number, "cmd": self.domain.cmd, "workdir": self.domain.workdir}
        misc["idxs"] = {name: [number] for name in values}
        misc["vals"] = {name: [value] for name, value in values.items()}
        [document] = self.trials.new_trial_docs([number], [None], [{}], [misc])
        self.finish(document, loss)
        self.trials.insert_trial_doc(document)

    @staticmethod
    def drawn(param, value):
        return param["choices"].index(value) if param["type"] == "cat" else value


PEERS = {"optuna": Optuna, "optuna-multivariate": Optuna, "optuna-gp": Optuna, "hyperopt": Hyperopt}


class Session:
    peer = None

    def begin(self, message):
        try:
            self.peer = PEERS[message["peer"]](message["peer"], message["space"], message["seed"])
        except ImportError as error:
            return {"missing": str(error)}
        return {"version": self.peer.version}

    def ask(self, _message):
        begin, cpu = time.perf_counter(), time.process_time()
        number, config = self.peer.ask()
        ms, cpu_ms = 1e3 * (time.perf_counter() - begin), 1e3 * (time.process_time() - cpu)
        return {"id": number, "config": config, "ms": ms, "cpuMs": cpu_ms}

    def tell(self, message):
        self.peer.tell(message["id"], message["loss"])
        return {}

    def add(self, message):
        self.peer.add(message["config"], message["loss"])
        return {}


def main():
    session = Session()
    for line in sys.stdin:
        message = json.loads(line)
        answer = getattr(session, message["do"])(message)
        print(json.dumps(answer, default=lambda value: value.item()), flush=True)


main()
