import { isPassing } from "../src/study/attempt/store-retry.ts";
import type { Report, Verdict } from "../src/trial/report.ts";

/** What a running trial has to tell the store. */
export type Note =
  | { readonly kind: "reports"; readonly reports: readonly Report[] }
  | { readonly kind: "checkpoint"; readonly step: number };

export type Send = (note: Note) => Promise<Verdict | "stale">;

/** How long an objective waits for the store's answer; without one it simply goes on. */
const ANSWER_MS = 1000;

/** How many reports of one trial are kept while the store is away; the oldest go first, the newest note stays. */
const MAX_KEPT = 10_000;

/** The notes of one trial, sent in order. An objective never waits long for a store that is away. */
export class Notes {
  readonly #send: Send;
  readonly #unsent: Note[] = [];
  #size = 0;
  #sending: Promise<Verdict | "stale"> | null = null;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Reports that the store may not have. */
  get reports(): readonly Report[] {
    return this.#unsent.flatMap((note) => (note.kind === "reports" ? note.reports : []));
  }

  /** @returns the newest verdict; "continue" where the store does not answer now */
  async tell(note: Note): Promise<Verdict | "stale"> {
    this.#keep(note);
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<Verdict>((resolve) => {
      timer = setTimeout(resolve, ANSWER_MS, "continue");
    });
    try {
      return await Promise.race([this.flush(), silence]);
    } catch (error) {
      if (isPassing(error)) return "continue";
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #keep(note: Note): void {
    this.#unsent.push(note);
    this.#size += sizeOf(note);
    while (this.#size > MAX_KEPT && this.#unsent.length > 2) {
      for (const dropped of this.#unsent.splice(this.#oldest, 1)) this.#size -= sizeOf(dropped);
    }
  }

  /** Which note goes: of reports, if there are any, as a checkpoint that the store never hears of is not gone on from. */
  get #oldest(): number {
    const newest = this.#unsent.length - 1;
    // The first may be on its way.
    const reports = this.#unsent.findIndex(({ kind }, at) => at > 0 && at < newest && kind === "reports");
    return Math.max(1, reports);
  }

  /** Sends what is unsent. @throws what the store throws; the notes stay for the next time */
  flush(): Promise<Verdict | "stale"> {
    if (this.#unsent.length === 0 && this.#sending === null) return Promise.resolve("continue");
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<Verdict | "stale"> {
    let verdict: Verdict | "stale" = "continue";
    for (let note = this.#unsent[0]; note !== undefined; note = this.#unsent[0]) {
      verdict = await this.#send(note);
      this.#unsent.shift();
      this.#size -= sizeOf(note);
    }
    return verdict;
  }
}

function sizeOf(note: Note): number {
  return note.kind === "reports" ? note.reports.length : 1;
}
