/** One trial of `yamlSweep` as a script for Node, without any package. */
export const NODE_OBJECTIVE: string = `// One trial: takes its params as arguments, prints its loss as JSON in the last line.
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    learning_rate: { type: "string" },
    batch_size: { type: "string" },
    "optimizer.type": { type: "string" },
    "optimizer.beta": { type: "string", default: "0" },
  },
});
const [rate, batchSize, beta] = [values.learning_rate, values.batch_size, values["optimizer.beta"]].map(Number);

// Put your training here. This stand-in fits a line to points by gradient descent.
const points = Array.from({ length: 32 }, (_, i) => {
  const x = ((i * 13) % 32) / 31;
  return { x, y: 3 * x - 1 + 0.1 * Math.sin(40 * x) };
});
const error = ({ x, y }) => slope * x + offset - y;
const mean = (some, of) => some.reduce((sum, each) => sum + of(each), 0) / some.length;
let [slope, offset, slopeSpeed, offsetSpeed] = [0, 0, 0, 0];
let loss = Infinity;

for (let epoch = 0; epoch < 20; epoch++) {
  for (let start = 0; start < points.length; start += batchSize) {
    const batch = points.slice(start, start + batchSize);
    slopeSpeed = beta * slopeSpeed - rate * mean(batch, (point) => 2 * error(point) * point.x);
    offsetSpeed = beta * offsetSpeed - rate * mean(batch, (point) => 2 * error(point));
    slope += slopeSpeed;
    offset += offsetSpeed;
  }
  loss = mean(points, (point) => error(point) ** 2);
  // Reports are read while the script runs; a script that has none to give needs no file.
  const reports = process.env.PARZEN_REPORT_FILE;
  if (reports !== undefined) appendFileSync(reports, JSON.stringify({ step: epoch, loss }) + "\\n");
}

console.log(JSON.stringify({ loss, slope, offset }));
`;
