/** Loads the best backend as a project in the named directory would, and prints which one and why. */
import { loadBackend } from "../../../src/training/index.ts";

process.chdir(process.argv[2] ?? ".");
const { name, refused, tf } = await loadBackend();
process.stdout.write(JSON.stringify({ name, engine: tf.getBackend(), refused }));
