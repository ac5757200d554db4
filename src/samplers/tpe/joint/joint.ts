import type { Rng } from "../../../random/stream.ts";
import { type AllowedPoint, firstAllowed } from "../../allowed.ts";
import type { Point, PointSpace } from "../../points.ts";
import { JointMixture } from "./mixture.ts";
import { type SplitPoints, splitPoints } from "./split-points.ts";
import type { Tried } from "./tried-points.ts";

/** Draws from the model of good trials, of which the best is proposed. */
const CANDIDATES = 24;

/** Draws for each of these, before no more is looked for that relations allow. */
const TRIES = 20;

/** The models of good trials and of the rest, over whole configurations; each is made when it is first asked. */
export class JointModels {
  readonly #points: PointSpace;
  readonly #split: SplitPoints | null;
  #good: JointMixture | undefined;
  #rest: JointMixture | undefined;

  constructor(points: PointSpace, tried: Omit<Tried, "estimated">) {
    this.#points = points;
    this.#split = splitPoints(tried);
  }

  /** A draw from the model of good trials; from the space while there is none. */
  draw(rng: Rng): Point {
    if (this.#split === null) return this.#points.draw(rng);
    this.#good ??= new JointMixture(this.#points, this.#split.good);
    return this.#good.draw(rng);
  }

  /**
   * The best of some draws that are allowed: the one whose density among the good is largest against that among the
   * rest. Any draw where none is allowed.
   */
  best(rng: Rng, isAllowed: AllowedPoint | null, candidates: number = CANDIDATES): Point {
    const draw = (): Point => this.draw(rng);
    let best: Point | null = null;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < candidates; i++) {
      const point = firstAllowed(draw, isAllowed, TRIES);
      if (point === null) continue;
      const score = this.#score(point);
      if (best !== null && !(score > highest)) continue;
      best = point;
      highest = score;
    }
    return best ?? this.draw(rng);
  }

  #score(point: Point): number {
    if (this.#split === null || this.#good === undefined) return 0;
    this.#rest ??= new JointMixture(this.#points, this.#split.rest);
    return this.#good.logDensity(point) - this.#rest.logDensity(point);
  }
}
