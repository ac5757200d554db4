/** Loads a backend as PARZEN_BACKEND says, computes on it, and prints what is registered on the process. */
import { loadBackend } from "../../../src/training/index.ts";

const events = ["uncaughtException", "unhandledRejection", "SIGINT", "SIGTERM"];
const countListeners = () => events.map((event) => process.listenerCount(event));
const before = countListeners();
const { tf, name } = await loadBackend();
const [sum] = tf.tidy(() => tf.sum(tf.ones([2, 3])).dataSync());
process.stdout.write(JSON.stringify({ name, sum, before, after: countListeners() }));
