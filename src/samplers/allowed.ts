import type { Point, PointSpace } from "./points.ts";
import { allowsAll, type ProposalRequest } from "./sampler.ts";

/** Whether relations allow a point. */
export type AllowedPoint = (point: Point) => boolean;

/** Null where there are no relations, so that nobody need ask. */
export function allowedPoint(points: PointSpace, { isAllowed }: ProposalRequest): AllowedPoint | null {
  return isAllowed === allowsAll ? null : (point) => isAllowed(points.assignmentOf(point));
}

/** The first of some draws that is allowed, null where none is. */
export function firstAllowed<T>(draw: () => T, isAllowed: ((drawn: T) => boolean) | null, times: number): T | null {
  for (let i = 0; i < times; i++) {
    const drawn = draw();
    if (isAllowed === null || isAllowed(drawn)) return drawn;
  }
  return null;
}
