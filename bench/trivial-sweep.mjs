import { defineSweep, hp } from "../dist/src/index.js";

export default defineSweep({
  space: { x: hp.uniform(-5, 5), y: hp.uniform(-5, 5) },
  objective: ({ x, y }) => x * x + y * y,
});
