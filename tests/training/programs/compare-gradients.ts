/**
 * Loads the backend named first as a project in the named directory would, and prints what it computes otherwise than the
 * cpu backend, of all gradient cases.
 */
import { type BackendName, loadBackend } from "../../../src/training/index.ts";
import { GRADIENT_CASES } from "../kernels/gradients/all.ts";
import { computeOn, differenceOf } from "../kernels/gradients/computation.ts";

const [backend, project] = process.argv.slice(2);
await loadBackend({ prefer: "cpu" });
process.chdir(project ?? ".");
const { tf, name } = await loadBackend({ prefer: backend as BackendName });
const engine = tf.getBackend();
const cases = Object.values(GRADIENT_CASES).flat();
const wrong: { readonly name: string; readonly difference: number }[] = [];
for (const { name, compute } of cases) {
  const [expected, received] = [await computeOn(tf, "cpu", compute), await computeOn(tf, engine, compute)];
  const difference = Math.max(...expected.map((values, index) => differenceOf(values, received[index] ?? [])));
  if (!(difference < 1e-4)) wrong.push({ name, difference });
}
process.stdout.write(JSON.stringify({ name, cases: cases.length, wrong }));
// Dawn keeps a process alive as long as it has a device.
process.exit();
