/** Trains one net on one backend, both named, in this process, and prints what a step took. */
import { type BackendName, loadBackend } from "parzen/training";
import { NETS } from "./nets.ts";

/** Of one net on one backend, or in another program. */
export interface Figures {
  readonly cpuMsPerStep: number;
  readonly stepsPerSecond: number;
  /** Resident memory at the end, MB. */
  readonly rssMb: number;
  /** Processor time from the start of the process to the end of the first step, ms. */
  readonly startCpuMs: number;
}

/** Steps are not counted until they have taken so much processor time: JavaScript is being compiled. */
const WARM_MS = 1500;
const MEASURED_MS = 4000;

const [backend, name] = process.argv.slice(2);
const net = NETS.find((one) => one.name === name);
if (net === undefined) throw new Error(`no net is called ${name}`);

const { tf } = await loadBackend({ prefer: backend as BackendName });
const model = net.build(tf);
model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
const shape = (model.inputs[0]?.shape.slice(1) ?? []) as number[];
const x = tf.randomUniform([net.batch, ...shape], 0, 1, "float32", 1);
const classes = Int32Array.from({ length: net.batch }, (_, row) => row % 10);
const y = tf.cast(tf.oneHot(tf.tensor1d(classes, "int32"), 10), "float32");

/** Steps until they have taken this much processor time, two at least. */
async function stepFor(
  cpuMs: number,
): Promise<{ readonly steps: number; readonly cpuMs: number; readonly ms: number }> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  for (let steps = 1; ; steps++) {
    await model.trainOnBatch(x, y);
    const spent = inMs(process.cpuUsage(cpu));
    if (steps > 1 && spent >= cpuMs) return { steps, cpuMs: spent, ms: performance.now() - start };
  }
}

function inMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

await model.trainOnBatch(x, y);
const startCpuMs = inMs(process.cpuUsage());
await stepFor(WARM_MS);
const { steps, cpuMs, ms } = await stepFor(MEASURED_MS);
const figures: Figures = {
  cpuMsPerStep: cpuMs / steps,
  stepsPerSecond: (steps * 1000) / ms,
  rssMb: process.memoryUsage().rss / 1e6,
  startCpuMs,
};
process.stdout.write(JSON.stringify(figures));
process.exit();
