import { studyNotFound, trialNotFound } from "../../study-errors.ts";
import type { Script, TrialScript } from "../scripts/script.ts";
import { storeFailure } from "./failure.ts";
import { Gathered } from "./gathered.ts";
import type { Keys } from "./keys.ts";
import { type Answer, type Argument, asAnswer, type Server } from "./server.ts";

/** Of how many studies and scripts it is remembered that calls may be gathered. */
const MAX_KNOWN = 1000;

export interface StudyCallsOptions {
  readonly server: Server;
  readonly keys: Keys;
  /** The clock of the caller; without it the server's. */
  readonly now: (() => number) | undefined;
}

/** Calls of scripts about a study, with what each of them is given. */
export class StudyCalls {
  readonly server: Server;
  readonly keys: Keys;
  readonly #now: (() => number) | undefined;
  /** Calls about trials, by script and study. */
  readonly #gathered = new Map<string, Gathered<readonly Argument[], Answer>>();

  constructor({ server, keys, now }: StudyCallsOptions) {
    this.server = server;
    this.keys = keys;
    this.#now = now;
  }

  /** The time for a script: '' is the server's. */
  get now(): string {
    return this.#now === undefined ? "" : String(Math.round(this.#now()));
  }

  /** @throws STUDY_NOT_FOUND */
  async ofStudy(script: Script, name: string, ...args: readonly Argument[]): Promise<Answer> {
    return this.withKeys(script, name, [], args);
  }

  /** With keys beside that of the studies. @throws STUDY_NOT_FOUND */
  async withKeys(script: Script, name: string, keys: readonly string[], args: readonly Argument[]): Promise<Answer> {
    const answer = await this.server.run(script, [this.keys.studies, ...keys], [name, this.now, ...args]);
    if (answer[0] === "study") throw studyNotFound(name, this.server.location);
    return answer;
  }

  /** Together with others of the same turn: each is a step of its own. @throws STUDY_NOT_FOUND, TRIAL_NOT_FOUND */
  async ofTrial(script: TrialScript, name: string, number: number, ...args: readonly Argument[]): Promise<Answer> {
    const answer = await this.#gatheredFor(script, name).call([String(number), ...args]);
    if (answer[0] === "study") throw studyNotFound(name, this.server.location);
    if (answer[0] === "trial") throw trialNotFound(name, number);
    if (answer[0] === "error") throw storeFailure(new Error(String(answer[1])), this.server.location);
    return answer;
  }

  #gatheredFor(script: TrialScript, name: string): Gathered<readonly Argument[], Answer> {
    const key = `${script.name} ${name}`;
    const known = this.#gathered.get(key);
    if (known !== undefined) return known;
    if (this.#gathered.size >= MAX_KNOWN) this.#gathered.clear(); // what waits in them leaves all the same
    const gathered = new Gathered((calls: readonly (readonly Argument[])[]) => this.#ofTrials(script, name, calls));
    this.#gathered.set(key, gathered);
    return gathered;
  }

  async #ofTrials(
    script: TrialScript,
    name: string,
    calls: readonly (readonly Argument[])[],
  ): Promise<readonly Answer[]> {
    const [, ...answers] = await this.ofStudy(script, name, ...calls.flat());
    return answers.map((answer) => asAnswer(answer, script));
  }
}
