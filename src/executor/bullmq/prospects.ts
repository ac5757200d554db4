/** An idle worker looks by itself after `pollMs`, or up to so many times as long later, so that many do not look at once. */
const POLL_SPREAD = 1.5;

/**
 * Whether a look into the queues promises something. A hint says for how many looks there is something; a look that found
 * something is worth another; and from time to time an idle worker looks as well, so a lost hint costs seconds and nothing
 * else.
 */
export class Prospects {
  readonly #pollMs: number;
  readonly #brighter: () => void;
  /** How many looks may find something. */
  #promising = 1;
  /** Hints that came so far. */
  #hints = 0;
  #poll: NodeJS.Timeout | undefined;

  /** @param brighter is told when there is more to look for */
  constructor(pollMs: number, brighter: () => void) {
    this.#pollMs = pollMs;
    this.#brighter = brighter;
  }

  get arePromising(): boolean {
    return this.#promising > 0;
  }

  hint(jobs: number): void {
    if (jobs === 0) return;
    this.#hints++;
    this.#promising += jobs;
    this.#brighter();
  }

  /** A look takes one promise. @returns to be told what it found */
  begin(): (hasFound: boolean) => void {
    this.#promising = Math.max(0, this.#promising - 1);
    return this.follow();
  }

  /** As `begin`, for what looks without a promise. */
  follow(): (hasFound: boolean) => void {
    const hints = this.#hints;
    return (hasFound) => {
      if (hasFound) this.#promising = Math.max(this.#promising, 1);
      // What was promised before it looked is not there any more.
      else if (hints === this.#hints) this.#promising = 0;
    };
  }

  /** Somebody waits and nothing is looked for: one look after a while. */
  idle(): void {
    clearTimeout(this.#poll);
    this.#poll = setTimeout(() => this.hint(1), this.#pollMs * (1 + POLL_SPREAD * Math.random()));
  }

  stop(): void {
    clearTimeout(this.#poll);
  }
}
