import type { TensorFlow } from "../tensorflow.ts";
import { activationChecks } from "./checks/activations.ts";
import { batchNormCheck } from "./checks/batch-norm.ts";
import type { GradientCheck } from "./checks/check.ts";
import { convolutionChecks } from "./checks/convolution.ts";
import { denseChecks } from "./checks/dense.ts";
import { embeddingCheck } from "./checks/embedding.ts";
import { poolingChecks } from "./checks/pooling.ts";
import { takeEngine } from "./engine-of.ts";

/** What a backend must compute rightly before it may train; each kind of layer brings its own list. */
const CHECKS: readonly GradientCheck[] = [
  ...denseChecks,
  ...activationChecks,
  ...convolutionChecks,
  ...poolingChecks,
  batchNormCheck,
  embeddingCheck,
];

/** Against the largest magnitude of a result; float32 and the reduced precision of GPUs keep well below. */
const RELATIVE_TOLERANCE = 1e-4;

/** Runs every check on the engine's active backend. Null where all pass, else what the first wrong one gave. */
export async function selfTest(tf: TensorFlow): Promise<string | null> {
  for (const check of CHECKS) {
    const wrong = await runCheck(tf, check);
    if (wrong !== null) return `gradient self-test failed: ${check.name}: ${wrong}`;
  }
  return null;
}

async function runCheck(tf: TensorFlow, check: GradientCheck): Promise<string | null> {
  takeEngine(tf); // a training may have taken it since the last check
  const tensors = tf.tidy(() => [...check.compute(tf)]);
  try {
    for (const [index, tensor] of tensors.entries()) {
      const wrong = difference(await tensor.data(), check.expected[index] ?? []);
      if (wrong !== null) return `result ${index}, ${wrong}`;
    }
    return null;
  } finally {
    tf.dispose(tensors);
  }
}

function difference(received: ArrayLike<number>, expected: ArrayLike<number>): string | null {
  if (received.length !== expected.length) return `expected ${expected.length} values, received ${received.length}`;
  const values = Array.from(expected);
  const allowed = RELATIVE_TOLERANCE * Math.max(1, ...values.map(Math.abs));
  const at = values.findIndex((value, index) => !(Math.abs(value - (received[index] ?? Number.NaN)) <= allowed));
  return at < 0 ? null : `position ${at}: expected ${values[at]}, received ${received[at]}`;
}
