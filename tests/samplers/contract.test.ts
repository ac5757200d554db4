import { expect, it } from "vitest";
import { stream } from "../../src/random/stream.ts";
import { auto } from "../../src/samplers/auto/auto.ts";
import { choose } from "../../src/samplers/auto/choice.ts";
import { gp, tpeShareOf } from "../../src/samplers/gp/gp.ts";
import { resolveGpOptions } from "../../src/samplers/gp/options.ts";
import { drawConfiguration } from "../../src/samplers/prior.ts";
import { random } from "../../src/samplers/random.ts";
import type { Proposal, ProposalRequest, Sampler } from "../../src/samplers/sampler.ts";
import { tpe } from "../../src/samplers/tpe/tpe.ts";
import { describeSamplerContract, SAMPLER_CHECKS } from "../../src/testing/samplers/contract.ts";
import { requestOf } from "../../src/testing/samplers/history.ts";
import { SPACES } from "../../src/testing/samplers/spaces.ts";
import type { Observation } from "../../src/trial/observation.ts";
import { describeMutants, type Mutant } from "../testing/mutants.ts";

describeSamplerContract("random", random);
describeSamplerContract("tpe", tpe);
describeSamplerContract("tpe, univariate, without start-up", () =>
  tpe({ multivariate: false, startup: 0, candidates: 4 }),
);
describeSamplerContract("tpe as Hyperopt", () => tpe({ hyperopt: true }), { repeats: true });
describeSamplerContract("tpe, univariate", () => tpe({ multivariate: false }));
describeSamplerContract("auto", auto);
describeSamplerContract("gp with little start-up", () => gp({ startup: 1 }));

/* What is gp by default needs no suite of its own: in these spaces it is what auto is. */
it.each(Object.entries(SPACES))("auto is gp with its default start-up: %s", (_, space) => {
  const situation = requestOf({ space });
  expect(choose(situation)).toMatchObject({ kind: "gp", ...resolveGpOptions({}), tpeShare: tpeShareOf(situation) });
});

/** `random`, its answer or its request changed. */
function broken(propose: (request: ProposalRequest, good: Sampler) => Proposal): Sampler {
  const good = random();
  return { ...good, name: "broken", propose: (request) => propose(request, good) };
}

function changed(proposal: Proposal, change: Readonly<Record<string, number>>): Proposal {
  return proposal.kind === "try" ? { ...proposal, assignment: { ...proposal.assignment, ...change } } : proposal;
}

const MUTANTS: Readonly<Record<string, Mutant<Sampler>>> = {
  "ignores activation": {
    make: () =>
      broken((request, good) => {
        const dimensions = request.space.dimensions.map((dimension) => ({ ...dimension, condition: null }));
        return good.propose({ ...request, space: { ...request.space, dimensions } });
      }),
    breaks: "assigns exactly the active dimensions",
  },
  "leaves its bounds": {
    make: () =>
      broken((request, good) => {
        const proposal = good.propose(request);
        const hasUniform = request.space.dimensions.some(({ path }) => path === "uniformValue");
        return hasUniform && request.trialNumber === 30 ? changed(proposal, { uniformValue: 1.01 }) : proposal;
      }),
    breaks: "stays inside the bounds",
  },
  "keeps its own stream": {
    make: () => {
      const rng = stream("own");
      return broken((request, good) => good.propose({ ...request, rng }));
    },
    breaks: "same request, same proposal",
  },
  "draws from Math.random": {
    make: () => broken((request, good) => good.propose({ ...request, rng: { next: Math.random } })),
    breaks: "same request, same proposal",
  },
  "counts its proposals": {
    make: () => {
      let asked = 0;
      return broken((request, good) =>
        good.propose({ ...request, rng: stream(request.trialNumber, asked++ > 20 ? 1 : 0) }),
      );
    },
    breaks: "long-lived equals fresh at every step",
  },
  "remembers what it has seen": {
    make: () => {
      const seen = new Set<Observation>();
      return broken((request, good) => {
        for (const observation of request.observations) seen.add(observation);
        return good.propose({ ...request, rng: stream(request.trialNumber, seen.size) });
      });
    },
    breaks: "same request, same proposal",
  },
  "sorts the observations in place": {
    make: () =>
      broken((request, good) => {
        (request.observations as Observation[]).sort((a, b) => (b.number ?? 0) - (a.number ?? 0));
        return good.propose(request);
      }),
    breaks: "leaves the request as it was",
  },
  "repeats configurations": {
    make: () => broken(({ space, rng }) => ({ kind: "try", assignment: drawConfiguration(space, rng) })),
    breaks: "tries no configuration twice",
  },
  "forgets what is pending": {
    make: () => broken((request, good) => good.propose({ ...request, pending: [] })),
    breaks: "tries no configuration twice",
  },
  "gives up too early": {
    make: () => broken((request, good) => (request.trialNumber >= 7 ? { kind: "exhausted" } : good.propose(request))),
    breaks: "ends a finite space when it is exhausted",
  },
  "proposes what is not allowed": {
    make: () => broken((request, good) => good.propose({ ...request, isAllowed: () => true })),
    breaks: "proposes only what is allowed",
  },
  "knows of relations only while it starts up": {
    make: () =>
      broken((request, good) =>
        good.propose(request.trialNumber < 25 ? request : { ...request, isAllowed: () => true }),
      ),
    breaks: "proposes only what is allowed",
  },
  "ends where draws are seldom allowed": {
    make: () =>
      broken(({ space, rng, isAllowed }) => {
        const assignment = drawConfiguration(space, rng);
        return isAllowed(assignment) ? { kind: "try", assignment } : { kind: "exhausted" };
      }),
    breaks: "ends a finite space when it is exhausted",
  },
  "leaves too long a memo": {
    make: () =>
      broken((request, good) => {
        const proposal = good.propose(request);
        return proposal.kind === "try" ? { ...proposal, memo: "x".repeat(5000) } : proposal;
      }),
    breaks: "leaves a memo of at most 4 kB",
  },
  "has options that JSON loses": {
    make: () => ({ ...random(), options: { bound: Number.POSITIVE_INFINITY } }),
    breaks: "has a name, a version and options that survive JSON",
  },
};

describeMutants("sampler", SAMPLER_CHECKS, MUTANTS);
