import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { auto } from "../../src/samplers/auto/auto.ts";
import { gp } from "../../src/samplers/gp/gp.ts";
import { grid } from "../../src/samplers/grid/grid.ts";
import { partial } from "../../src/samplers/partial/partial.ts";
import { qmc } from "../../src/samplers/qmc.ts";
import { random } from "../../src/samplers/random.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { tpe } from "../../src/samplers/tpe/tpe.ts";
import type { Assignment } from "../../src/space/assignment.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { StudyHistory } from "../../src/testing/samplers/history.ts";

const space = compileSpace({
  lr: hp.loguniform(1e-5, 1e-1),
  dropout: hp.quniform(0, 0.5, 0.05),
  noise: hp.normal(0, 1),
  model: hp.choice([{ type: "linear" }, { type: "net", width: hp.uniformint(8, 64) }]),
  kind: hp.pchoice([
    [0.8, "often"],
    [0.2, "seldom"],
  ]),
});

/** One is open in thirty. */
const isAllowed = ({ noise = 0, kind }: Assignment): boolean => kind === 1 && Math.abs(noise) < 0.2;

/** What another release of Node makes of the last digits is no other proposal. */
const shown = (value: number): string => value.toPrecision(6);

/** @param trials so many that all parts of the sampler have their turn */
function digestOf(sampler: Sampler, trials: number): string {
  const free = new StudyHistory(space).run(sampler, trials);
  const bound = new StudyHistory(space).run(sampler, 6, isAllowed);
  const lines = [...free, ...bound].map((assignment) =>
    space.dimensions.map(({ path }) => shown(assignment[path] ?? Number.NaN)).join(" "),
  );
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}

it.each([
  ["random", 1, random(), 24, "dc15094ef9b71cb0"],
  ["qmc", 1, qmc(), 24, "dbefeaa01f14312a"],
  ["grid", 2, grid({ steps: 4 }), 24, "dcb57c9c3d663462"],
  ["tpe", 2, tpe({ startup: 8 }), 24, "a58ae1c6b1061b30"],
  ["tpe", 1, tpe({ startup: 8, multivariate: false }), 24, "d8ea64deeb4ad85d"],
  ["partial", 1, partial({ model: "net", dropout: 0.25 }, tpe({ startup: 8 })), 24, "e783058d9deb062c"],
  ["gp", 10, gp({ startup: 8 }), 60, "d386a4f379670852"],
  ["auto", 11, auto(), 60, "fc740d839035cb18"],
] as const)("%s, version %i, proposes what it always did", (_name, version, sampler, trials, digest) => {
  // Stored studies are replayed by it: whoever means another proposal gives the sampler its next version.
  expect({ version: sampler.version, digest: digestOf(sampler, trials) }).toEqual({ version, digest });
});
