import type { Rng } from "../../../random/stream.ts";
import type { Point, PointSpace } from "../../points.ts";
import { JointMixture } from "./mixture.ts";
import { type Sides, sidesOf } from "./sides.ts";
import type { Tried } from "./tried-points.ts";

/** Draws from the model of good trials, of which the best is proposed. */
const CANDIDATES = 24;

/** The models of good trials and of the rest, over whole configurations; each is made when it is first asked. */
export class JointModels {
  readonly #points: PointSpace;
  readonly #sides: Sides | null;
  #good: JointMixture | undefined;
  #rest: JointMixture | undefined;

  constructor(points: PointSpace, tried: Tried) {
    this.#points = points;
    this.#sides = sidesOf(tried);
  }

  /** A draw from the model of good trials; from the space while there is none. */
  draw(rng: Rng): Point {
    if (this.#sides === null) return this.#points.draw(rng);
    this.#good ??= new JointMixture(this.#points, this.#sides.good);
    return this.#good.draw(rng);
  }

  /** The best of some draws: the one whose density among the good is largest against that among the rest. */
  best(rng: Rng, candidates: number = CANDIDATES): Point {
    let best = this.draw(rng);
    let highest = this.#score(best);
    for (let i = 1; i < candidates; i++) {
      const point = this.draw(rng);
      const score = this.#score(point);
      if (!(score > highest)) continue;
      best = point;
      highest = score;
    }
    return best;
  }

  #score(point: Point): number {
    if (this.#sides === null || this.#good === undefined) return 0;
    this.#rest ??= new JointMixture(this.#points, this.#sides.rest);
    return this.#good.logDensity(point) - this.#rest.logDensity(point);
  }
}
