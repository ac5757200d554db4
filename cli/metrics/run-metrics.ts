import type { Study } from "../../src/study/study.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { isRedisStore } from "../options/store-option.ts";
import { readNotes } from "../study/notes.ts";
import { bestLossOf, countsOf } from "../study/study-view.ts";
import { deploymentMetrics, inTime } from "./deployment.ts";
import { exposition, type Metric } from "./exposition.ts";

/** What a run knows of its study. */
export class RunMetrics {
  readonly #study: Study;
  readonly #view: StudyView;
  readonly #labels: { readonly study: string };
  #reports = 0;

  /** @param view kept up to date by whoever made it, and here */
  constructor(study: Study, view: StudyView) {
    this.#study = study;
    this.#view = view;
    this.#labels = { study: view.study.name };
    study.on("reported", () => this.#reports++);
  }

  /** The document of a scrape. Where the store is away, what was known last. */
  async collect(): Promise<string> {
    const { store } = this.#study;
    await inTime(this.#view.refresh(store), null);
    const ours = exposition(this.#metrics());
    if (!isRedisStore(store)) return ours;
    const { queueName } = await import("../../src/executor/bullmq/queue-name.ts");
    const { version, requires = [] } = readNotes(this.#view.study);
    return ours + (await deploymentMetrics(store, version === undefined ? [] : [queueName({ version, requires })]));
  }

  #metrics(): readonly Metric[] {
    const labels = this.#labels;
    const { study } = this.#view;
    const { maxTrials } = study.settings;
    const states = Object.entries(countsOf(this.#view));
    const gauge = (name: string, help: string, value: number | null | undefined): Metric => {
      return { name, type: "gauge", help, samples: value === null || value === undefined ? [] : [{ labels, value }] };
    };
    return [
      {
        ...{ name: "parzen_trials", type: "gauge", help: "Trials of the study by state." },
        samples: states.map(([state, value]) => ({ labels: { ...labels, state }, value })),
      },
      gauge("parzen_max_trials", "Total of trials that the study is to have.", maxTrials),
      gauge("parzen_best_loss", "The best loss, as the objective gave it.", bestLossOf(this.#view)?.loss),
      gauge("parzen_slots", "Slots that the study's trials run on.", study.driver?.slots),
      {
        ...{ name: "parzen_reports_total", type: "counter", help: "Intermediate values that this run heard of." },
        samples: [{ labels, value: this.#reports }],
      },
    ];
  }
}
