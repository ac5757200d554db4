import { performance } from "node:perf_hooks";

/**
 * What a driver measures of itself: wall and CPU time of the trials after the first `warm` ones, and their round trips,
 * from before a trial is handed over until its result is here.
 */
export class Stopwatch {
  #begun = new Map();
  #trips = [];
  #ended = 0;
  #warm;
  #total;
  #wall = 0;
  #cpu;
  #heard;

  constructor({ warm, trials }) {
    this.#warm = warm;
    this.#total = warm + trials;
  }

  begin(id) {
    if (this.#warm === 0 && this.#wall === 0) this.#start(performance.now());
    this.#begun.set(id, performance.now());
  }

  /** @returns whether that was the last one */
  end(id) {
    const now = performance.now();
    this.#ended++;
    if (this.#ended > this.#warm) this.#trips.push(now - this.#begun.get(id));
    this.#begun.delete(id);
    if (this.#ended === this.#warm) this.#start(now);
    if (this.#ended === this.#total) this.#tell(now);
    return this.#ended === this.#total;
  }

  #start(now) {
    this.#wall = now;
    this.#cpu = process.cpuUsage();
    process.send("warm");
  }

  /** Resolves when its parent has been told. */
  told = new Promise((resolve) => {
    this.#heard = resolve;
  });

  #tell(now) {
    const { user, system } = process.cpuUsage(this.#cpu);
    const trips = this.#trips.sort((a, b) => a - b);
    const at = (share) => trips[Math.min(trips.length - 1, Math.floor(trips.length * share))];
    const seconds = (now - this.#wall) / 1000;
    process.send({ seconds, p50: at(0.5), p99: at(0.99), cpuSeconds: (user + system) / 1e6 }, this.#heard);
  }
}

/** Hands over `outstanding` trials, and one more for each that ended. */
export async function closedLoop({ warm, trials, outstanding }, { add, onEnd }) {
  const watch = new Stopwatch({ warm, trials });
  const total = warm + trials;
  let next = 0;
  const more = () => {
    if (next === total) return;
    const id = String(next++);
    watch.begin(id);
    void add(id, { x: Math.random(), y: Math.random() });
  };
  const over = new Promise((resolve) => {
    onEnd((id) => {
      if (watch.end(id)) resolve();
      more();
    });
  });
  for (let i = 0; i < outstanding; i++) more();
  await over;
  await watch.told;
}
