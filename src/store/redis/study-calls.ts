import { studyNotFound, trialNotFound } from "../study-errors.ts";
import type { Keys } from "./keys.ts";
import type { Script } from "./scripts/script.ts";
import type { Answer, Argument, Server } from "./server.ts";

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

  /** @throws STUDY_NOT_FOUND, TRIAL_NOT_FOUND */
  async ofTrial(script: Script, name: string, number: number, ...args: readonly Argument[]): Promise<Answer> {
    const answer = await this.ofStudy(script, name, String(number), ...args);
    if (answer[0] === "trial") throw trialNotFound(name, number);
    return answer;
  }
}
