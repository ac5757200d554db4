"""Trains the nets of nets.ts in PyTorch and in Keras, whichever there is, on one thread; prints a line of JSON for each."""

import json
import os
import resource
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

WARM_S, MEASURED_S = 1.5, 4.0


def run_for(cpu_seconds, step):
    """Calls step until it has taken this much processor time; gives steps, CPU seconds and seconds."""
    start, cpu, steps = time.perf_counter(), time.process_time(), 0
    while steps < 2 or time.process_time() - cpu < cpu_seconds:
        steps += step()
    return steps, time.process_time() - cpu, time.perf_counter() - start


def report(peer, net, step, start_cpu):
    run_for(WARM_S, step)
    steps, cpu, seconds = run_for(MEASURED_S, step)
    print(json.dumps({
        "peer": peer, "net": net, "cpuMsPerStep": 1000 * cpu / steps, "stepsPerSecond": steps / seconds,
        "rssMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, "startCpuMs": 1000 * start_cpu,
    }), flush=True)


def torch_net(torch, net):
    n = torch.nn
    if net == "MLP":
        return n.Sequential(n.Linear(784, 128), n.ReLU(), n.Linear(128, 64), n.ReLU(), n.Linear(64, 10)), (64, 784)
    if net == "CNN":
        return n.Sequential(
            n.Conv2d(1, 8, 3), n.ReLU(), n.MaxPool2d(2), n.Conv2d(8, 16, 3), n.ReLU(), n.MaxPool2d(2),
            n.Flatten(), n.Linear(400, 10)), (64, 1, 28, 28)
    if net == "wide CNN":
        return n.Sequential(
            n.Conv2d(1, 32, 3, padding=1), n.ReLU(), n.MaxPool2d(2), n.Conv2d(32, 64, 3, padding=1), n.ReLU(),
            n.MaxPool2d(2), n.Flatten(), n.Linear(3136, 128), n.ReLU(), n.Linear(128, 10)), (64, 1, 28, 28)

    class Recurrent(n.Module):
        def __init__(self):
            super().__init__()
            self.lstm, self.dense = n.LSTM(8, 32, batch_first=True), n.Linear(32, 10)

        def forward(self, x):
            return self.dense(self.lstm(x)[0][:, -1])

    return Recurrent(), (32, 20, 8)


def with_torch(net):
    import torch

    torch.set_num_threads(1)
    model, shape = torch_net(torch, net)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    x, y = torch.rand(shape), torch.arange(shape[0]) % 10

    def step():
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        return 1

    step()
    report(f"PyTorch {torch.__version__}", net, step, time.process_time())


def keras_net(layers, net):
    head = layers.Dense(10, activation="softmax")
    if net == "MLP":
        return [layers.Dense(128, activation="relu"), layers.Dense(64, activation="relu"), head], (64, 784)
    if net == "LSTM":
        return [layers.LSTM(32), head], (32, 20, 8)
    filters, padding = ((8, 16), "valid") if net == "CNN" else ((32, 64), "same")
    hidden = [] if net == "CNN" else [layers.Dense(128, activation="relu")]
    convolutions = [
        layer for count in filters
        for layer in (layers.Conv2D(count, 3, padding=padding, activation="relu"), layers.MaxPooling2D())
    ]
    return [*convolutions, layers.Flatten(), *hidden, head], (64, 28, 28, 1)


def with_keras(net):
    import numpy
    import tensorflow
    import keras

    tensorflow.config.threading.set_intra_op_parallelism_threads(1)
    tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    layers, shape = keras_net(keras.layers, net)
    model = keras.Sequential([keras.layers.Input(shape[1:]), *layers])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="categorical_crossentropy")
    x = numpy.random.rand(*shape).astype("float32")
    y = numpy.eye(10, dtype="float32")[numpy.arange(shape[0]) % 10]
    model.train_on_batch(x, y)
    start_cpu = time.process_time()
    # An epoch of fit, which is Keras at its fastest: without the cost of a call for each step.
    many_x, many_y = numpy.concatenate([x] * 50), numpy.concatenate([y] * 50)

    def step():
        model.fit(many_x, many_y, batch_size=shape[0], epochs=1, shuffle=False, verbose=0)
        return 50

    report(f"Keras {keras.__version__}", net, step, start_cpu)


peer, net = sys.argv[1:]
try:
    {"torch": with_torch, "keras": with_keras}[peer](net)
except ImportError as missing:
    print(json.dumps({"missing": f"{peer}: {missing}"}))
