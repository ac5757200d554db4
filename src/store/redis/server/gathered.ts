/** How many calls are made as one at most: the server does nothing else meanwhile. */
const MOST = 64;

interface Waiting<Call, Answer> {
  readonly call: Call;
  answered(answer: Answer): void;
  failed(error: unknown): void;
}

/**
 * Makes several calls as one: those of one turn of the event loop, with all that follows from it without waiting. What a
 * server answers in one go is mostly gone on with in one go.
 *
 * Calls leave in the order in which they were made, before whatever is put off by `process.nextTick` after them.
 */
export class Gathered<Call, Answer> {
  readonly #make: (calls: readonly Call[]) => Promise<readonly Answer[]>;
  #waiting: Waiting<Call, Answer>[] = [];

  /** @param make gives one answer for each call, in their order */
  constructor(make: (calls: readonly Call[]) => Promise<readonly Answer[]>) {
    this.#make = make;
  }

  call(call: Call): Promise<Answer> {
    return new Promise((answered, failed) => {
      if (this.#waiting.length === 0) process.nextTick(() => this.#leave());
      this.#waiting.push({ call, answered, failed });
      if (this.#waiting.length === MOST) this.#leave();
    });
  }

  #leave(): void {
    const leaving = this.#waiting;
    this.#waiting = [];
    if (leaving.length > 0) void this.#send(leaving);
  }

  async #send(leaving: readonly Waiting<Call, Answer>[]): Promise<void> {
    try {
      const answers = await this.#make(leaving.map(({ call }) => call));
      leaving.forEach(({ answered, failed }, at) => {
        const answer = answers[at];
        if (answer === undefined) failed(new RangeError("a call without an answer"));
        else answered(answer);
      });
    } catch (error) {
      for (const { failed } of leaving) failed(error);
    }
  }
}
