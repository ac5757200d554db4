import { ParzenError } from "../../../errors.ts";

/** The beginning of every key where nothing else was said. */
export const DEFAULT_PREFIX = "parzen";

const PREFIX = /^[A-Za-z0-9._:-]{1,64}$/;

/**
 * Names of the keys. All carry one hash tag, so that a script may touch several of them on a Cluster.
 *
 * | key | type | what |
 * |---|---|---|
 * | `schema` | string | version of this layout |
 * | `studies` | hash | name -> id |
 * | `removed` | zset | ids whose keys are still to be removed -> from when, ms |
 * | `s:<id>` | hash | the record, and what the scripts count; `elsewhere` once it is removed, `mark` until it is imported |
 * | `s:<id>:t:<number>` | hash | a trial: fields while it is pending, one document once it has ended |
 * | `s:<id>:r:<number>` | hash | its reports: step -> value; only where there are some |
 * | `s:<id>:l:<number>` | string | its log, deflated; only where there is one |
 * | `s:<id>:changes` | zset | number -> sequence of the trial's latest change |
 * | `s:<id>:running` | zset | number -> end of its lease, ms |
 * | `s:<id>:taken` | set | hashes of the configurations |
 * | `s:<id>:ids` | zset | ids of the latest reservations and imports -> number, that of the next trial |
 * | `s:<id>:imported` | list | imported results, each as `<sequence> <document>` |
 * | `s:<id>:queues` | set | names of the queues that its trials were ever delivered over |
 * | `w:<id>`, `workers` | string, zset | live workers; see `workers.ts` |
 *
 * The channel `s:<id>:changed` gets a message with every change: `begun` where trials were reserved, else ''; claims
 * and what a leader reserves are not told of.
 */
export class Keys {
  /** With its hash tag: `{parzen}`. */
  readonly prefix: string;
  readonly schema: string;
  readonly studies: string;
  readonly removed: string;
  readonly workers: string;

  /** @throws OPTION_INVALID */
  constructor(name: string) {
    if (!PREFIX.test(name)) {
      const expected = "1 to 64 letters, digits, dots, underscores, colons and hyphens";
      throw new ParzenError("OPTION_INVALID", `store: prefix: expected ${expected}, received ${JSON.stringify(name)}`);
    }
    this.prefix = `{${name}}`;
    this.schema = `${this.prefix}:schema`;
    this.studies = `${this.prefix}:studies`;
    this.removed = `${this.prefix}:removed`;
    this.workers = `${this.prefix}:workers`;
  }

  study(id: string): string {
    return `${this.prefix}:s:${id}`;
  }

  /** The keys that a study has beside those of its trials, its record last. */
  ofStudy(id: string): readonly string[] {
    const study = this.study(id);
    return [...["changes", "running", "taken", "ids", "imported", "queues"].map((part) => `${study}:${part}`), study];
  }

  trial(id: string, number: number): string {
    return `${this.study(id)}:t:${number}`;
  }

  reports(id: string, number: number): string {
    return `${this.study(id)}:r:${number}`;
  }

  log(id: string, number: number): string {
    return `${this.study(id)}:l:${number}`;
  }

  changed(id: string): string {
    return `${this.study(id)}:changed`;
  }

  worker(id: string): string {
    return `${this.prefix}:w:${id}`;
  }
}
