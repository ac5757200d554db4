import type { Trial } from "../../trial/trial.ts";
import type { ProposalSource, Proposed } from "../proposal/proposals.ts";
import { type EndReason, mayRunQueued } from "../view/stopping.ts";
import type { DriverNews } from "./driver-news.ts";
import type { Look, LookParts } from "./look.ts";

/** What a driver needs to start trials. */
export interface StartsParts extends Pick<LookParts, "dispatch" | "lead"> {
  readonly proposals: ProposalSource;
  readonly look: Look;
  readonly news: DriverNews;
}

/** How a driver's trials start: those that are queued first, then new ones. */
export class Starts {
  readonly #parts: StartsParts;
  #isExhausted = false;

  constructor(parts: StartsParts) {
    this.#parts = parts;
  }

  /** Whether the sampler has nothing left to propose. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /**
   * Starts a queued trial, or new ones.
   *
   * @param reason why the study takes no more, if it does: then only what is queued may start
   * @returns whether to look for more at once
   */
  async next(reason: EndReason | null): Promise<boolean> {
    if (mayRunQueued(reason) && this.#parts.dispatch.startQueued()) return true;
    return reason === null && (await this.#startNew());
  }

  async #startNew(): Promise<boolean> {
    const { dispatch, lead, proposals, look, news } = this.#parts;
    const { places: parallelism, room: most, terms } = dispatch;
    const led = lead === null ? terms : { maxPending: terms.maxPending, leader: lead.holder };
    news.samples(proposals.describe(parallelism));
    const proposed = await proposals.next({ parallelism, most, terms: led });
    const isShown = dispatch.start(reservedOf(proposed));
    const last = proposed.at(-1)?.kind;
    if (last === "exhausted") {
      this.#isExhausted = true;
      return true;
    }
    if (last === "deposed") await lead?.hold();
    if (dispatch.room > 0 && !(isShown && last === "reserved" && look.isFresh)) await look.again();
    return last !== "full";
  }
}

function reservedOf(proposed: readonly Proposed[]): readonly Trial[] {
  const trials: Trial[] = [];
  for (const each of proposed) if (each.kind === "reserved") trials.push(each.trial);
  return trials;
}
