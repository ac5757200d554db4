"""Writes metrics.json: python metrics.py > metrics.json

Needs scikit-learn, whose sklearn.metrics computes every figure. Scores of some rows are rounded, so that there are ties.
Numbers are written with 17 digits.
"""

import json
import sys

import numpy as np
import sklearn
from sklearn import metrics


def classification(name, rows, classes, skill, digits, seed):
    """`skill`: how far the logit of the true class is raised; every class occurs."""
    rng = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, rows - classes)])
    logits = rng.normal(size=(rows, classes)) + skill * np.eye(classes)[labels]
    if digits is not None:
        logits = np.round(logits, digits)
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    predicted = logits.argmax(axis=1)
    every = list(range(classes))
    f1 = lambda average: metrics.f1_score(labels, predicted, labels=every, average=average, zero_division=0)
    one_vs_rest = [metrics.roc_auc_score(labels == label, logits[:, label]) for label in every]
    return {
        "name": name,
        "classes": classes,
        "labels": labels.tolist(),
        "logits": logits.ravel().tolist(),
        "predicted": predicted.tolist(),
        "cross_entropy": metrics.log_loss(labels, probabilities, labels=every),
        "accuracy": metrics.accuracy_score(labels, predicted),
        "top_k": [top_k(labels, logits, k) for k in range(1, classes)] if digits is None else [],
        "confusion": metrics.confusion_matrix(labels, predicted, labels=every).ravel().tolist(),
        "f1_binary": metrics.f1_score(labels, predicted, zero_division=0) if classes == 2 else None,
        "f1_macro": f1("macro"),
        "f1_micro": f1("micro"),
        "auc_one_vs_rest": float(np.mean(one_vs_rest)),
        "auc": metrics.roc_auc_score(labels, logits[:, 1]) if classes == 2 else None,
    }


def top_k(labels, logits, k):
    if logits.shape[1] > 2:
        return metrics.top_k_accuracy_score(labels, logits, k=k)
    return metrics.accuracy_score(labels, logits.argmax(axis=1))


def regression(name, targets, predicted):
    return {
        "name": name,
        "targets": list(map(float, targets)),
        "predicted": list(map(float, predicted)),
        "mae": metrics.mean_absolute_error(targets, predicted),
        "mse": metrics.mean_squared_error(targets, predicted),
        "rmse": metrics.root_mean_squared_error(targets, predicted),
        "r2": metrics.r2_score(targets, predicted),
    }


def noisy(scale, offset, noise, seed):
    rng = np.random.default_rng(seed)
    targets = offset + scale * rng.normal(size=40)
    return targets, targets + noise * rng.normal(size=40)


if __name__ == "__main__":
    golden = {
        "_meta": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "classification": [
            classification("two classes", 60, 2, 1.0, None, 1),
            classification("two classes, ties", 60, 2, 0.7, 0, 2),
            classification("five classes", 80, 5, 1.2, None, 3),
            classification("five classes, ties", 80, 5, 1.0, 0, 4),
            classification("more classes than the model tells apart", 30, 12, -1.0, None, 5),
        ],
        "regression": [
            regression("close", *noisy(10, 100, 1, 6)),
            regression("worse than the mean", *noisy(1, 0, 3, 7)),
            regression("far from zero", *noisy(1e-3, 1e6, 1e-4, 8)),
            regression("equal targets", [3, 3, 3], [3, 4, 3]),
            regression("equal targets, all right", [0.1] * 3, [0.1] * 3),
        ],
    }
    sections = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in golden.items())
    sys.stdout.write("{\n" + sections + "\n}\n")
