/** A sweep that runs as it stands. @param run the command that runs it */
export function typescriptSweep(run: string): string {
  return `import { defineSweep, hp } from "parzen";

// Run this sweep with: ${run}
export default defineSweep({
  // What to try: objects and lists, nested as you like, of hp nodes and constants. An option may hold further nodes.
  space: {
    learningRate: hp.loguniform(1e-4, 0.5),
    batchSize: hp.choice([4, 8, 16]),
    optimizer: hp.choice([{ type: "sgd" }, { type: "momentum", beta: hp.uniform(0.5, 0.99) }]),
  },

  // Stop after so many trials, two at a time, each in a process of its own.
  maxTrials: 40,
  slots: 2,

  // One trial: from params, which have the type of the space, to the loss, which is minimized.
  async objective(params, trial) {
    // Put your training here. This stand-in fits a line to points by gradient descent.
    const beta = params.optimizer.type === "momentum" ? params.optimizer.beta : 0;
    const model = { slope: 0, offset: 0 };
    const speed = { slope: 0, offset: 0 };
    let loss = Number.POSITIVE_INFINITY;
    for (let epoch = 0; epoch < 20; epoch++) {
      for (let start = 0; start < points.length; start += params.batchSize) {
        const gradient = gradientOf(model, points.slice(start, start + params.batchSize));
        speed.slope = beta * speed.slope - params.learningRate * gradient.slope;
        speed.offset = beta * speed.offset - params.learningRate * gradient.offset;
        model.slope += speed.slope;
        model.offset += speed.offset;
      }
      loss = lossOf(model, points);
      // What is reported is kept with the trial; the answer may be that it is not worth going on.
      if ((await trial.report(epoch, loss)) === "prune") break;
    }
    return { loss, metrics: { slope: model.slope, offset: model.offset } };
  },
});

interface Point {
  x: number;
  y: number;
}

interface Line {
  slope: number;
  offset: number;
}

const points: Point[] = Array.from({ length: 32 }, (_, i) => {
  const x = ((i * 13) % 32) / 31;
  return { x, y: 3 * x - 1 + 0.1 * Math.sin(40 * x) };
});

function errorOf({ slope, offset }: Line, { x, y }: Point): number {
  return slope * x + offset - y;
}

function lossOf(line: Line, some: Point[]): number {
  return some.reduce((sum, point) => sum + errorOf(line, point) ** 2, 0) / some.length;
}

function gradientOf(line: Line, some: Point[]): Line {
  const mean = (of: (point: Point) => number): number => some.reduce((sum, point) => sum + of(point), 0) / some.length;
  return { slope: mean((point) => 2 * errorOf(line, point) * point.x), offset: mean((point) => 2 * errorOf(line, point)) };
}
`;
}
