/** One trial of `yamlSweep` as a Python script, without any package. */
export const PYTHON_OBJECTIVE: string = `"""One trial: takes its params as arguments, prints its loss as JSON in the last line."""

import argparse
import json
import math
import os

parser = argparse.ArgumentParser()
parser.add_argument("--learning_rate", type=float, required=True)
parser.add_argument("--batch_size", type=int, required=True)
parser.add_argument("--optimizer.type", dest="optimizer", choices=["sgd", "momentum"], required=True)
parser.add_argument("--optimizer.beta", dest="beta", type=float, default=0.0)
args = parser.parse_args()

# Put your training here. This stand-in fits a line to points by gradient descent.
xs = [(i * 13) % 32 / 31 for i in range(32)]
points = [(x, 3 * x - 1 + 0.1 * math.sin(40 * x)) for x in xs]
slope = offset = slope_speed = offset_speed = 0.0
loss = math.inf

# Reports are read while the script runs; a script that has none to give needs no file.
with open(os.environ.get("PARZEN_REPORT_FILE", os.devnull), "a") as reports:
    for epoch in range(20):
        for start in range(0, len(points), args.batch_size):
            batch = points[start : start + args.batch_size]
            errors = [(slope * x + offset - y, x) for x, y in batch]
            slope_speed = args.beta * slope_speed - args.learning_rate * sum(2 * e * x for e, x in errors) / len(batch)
            offset_speed = args.beta * offset_speed - args.learning_rate * sum(2 * e for e, _ in errors) / len(batch)
            slope += slope_speed
            offset += offset_speed
        loss = sum((slope * x + offset - y) ** 2 for x, y in points) / len(points)
        print(json.dumps({"step": epoch, "loss": loss}), file=reports, flush=True)

print(json.dumps({"loss": loss, "slope": slope, "offset": offset}))
`;
