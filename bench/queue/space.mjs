import { compileSpace, hp } from "parzen";

export const SPACE = { x: hp.uniform(-5, 5), y: hp.uniform(-5, 5) };
export const COMPILED = compileSpace(SPACE);

/** What drivers ask for and workers serve. */
export const OBJECTIVE = { name: "bench", version: "bench", requires: [] };
