import type { GradientCheck } from "./check.ts";

/** The gradient of rows gathered from a table, one of them twice: it adds up where a row was taken. */
export const embeddingCheck: GradientCheck = {
  name: "embedding",
  compute(tf) {
    const weight = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const rows = tf.tensor1d([2, 0, 2], "int32");
    return [tf.grad((table) => tf.sum(tf.mul(tf.gather(table, rows), weight)))(tf.ones([4, 2]))];
  },
  expected: [[3, 4, 0, 0, 6, 8, 0, 0]],
};
