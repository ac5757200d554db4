import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import type { Store } from "../../src/store/store.ts";
import type { Study } from "../../src/study/study.ts";
import { type EndReason, isFinished, stoppedBy } from "../../src/study/view/stopping.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { RunMetrics } from "../metrics/run-metrics.ts";
import { err } from "../render/colors.ts";
import { count } from "../render/figure.ts";
import type { PageServer } from "../server/page-server.ts";
import { sameStore } from "../study/go-on.ts";
import { countsOf, viewOf } from "../study/study-view.ts";
import { announce } from "./announce.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";
import { logEvents } from "./event-log.ts";
import type { From } from "./from.ts";
import { withWays } from "./live.ts";
import { type OpenedStudy, openForRun } from "./open.ts";
import type { RunPlan } from "./plan.ts";
import { Progress } from "./progress.ts";
import { jsonScreen, openScreen, type Screen, SILENT } from "./screen.ts";
import { listenForStops, type Stops } from "./signals.ts";
import type { RunEnd } from "./summary.ts";

/** What a run begins with. */
export interface RunStart {
  readonly plan: RunPlan;
  readonly slots: readonly SlotEnvironment[];
  /** What is unwise about the store. */
  readonly warnings: readonly string[];
  /** Where metrics are served, if they are. */
  readonly metrics: PageServer | null;
}

/** One `parzen run`, from its opened study to its end: what searches, what shows it, and what stops it. */
export class Session {
  readonly plan: RunPlan;
  readonly study: Study;
  /** Kept up to date while the search runs, and after it. */
  readonly view: StudyView;
  readonly evaluation: Evaluation;
  readonly screen: Screen;
  readonly stops: Stops;
  /** What was taken over from other studies. */
  readonly from: readonly From[];
  readonly #progress: Progress;

  static async open(store: Store, { plan, slots, warnings, metrics }: RunStart): Promise<Session> {
    const opened = await openForRun(store, plan);
    const view = await viewOf(store, await opened.study.refresh());
    const screen = plan.flags.logJson ? jsonScreen() : await openScreen();
    announce(screen, { plan, opened, view, slots, warnings });
    const progress = progressOf(plan, { study: opened.study, view, slots, screen });
    const printed = (number: number, text: string): void => progress.printed(number, text);
    const evaluation = await evaluationOf({ store, plan, slots, settings: view.study.settings, printed });
    if (metrics !== null) showMetrics(metrics, opened.study, { view, screen });
    return new Session(plan, { opened, view, screen, progress, evaluation });
  }

  private constructor(plan: RunPlan, parts: SessionParts) {
    const { opened, view, screen, progress, evaluation } = parts;
    this.plan = plan;
    this.study = opened.study;
    this.from = opened.from;
    this.view = view;
    this.screen = screen;
    this.evaluation = evaluation;
    this.#progress = progress;
    if (plan.flags.logJson) logEvents(this.study);
    this.stops = listenForStops({
      draining: () => this.#drain(),
      halting: () => this.#halt(),
      leaving: () => this.screen.say(err.yellow("its end may not be stored: it is not waited for any longer")),
    });
  }

  /** Runs trials until a rule ends the search. A finished study is left as it is. */
  async search(): Promise<RunEnd> {
    const already = stoppedBy(this.view, 0);
    if (already !== null && isFinished(this.view)) return { reason: already, didRun: false, tookMs: 0 };
    const start = performance.now();
    this.#progress.start();
    let reason: EndReason;
    try {
      reason = await this.#drive();
    } catch (error) {
      throw withWays(error, this.plan);
    } finally {
      await this.evaluation.rest();
      await this.#progress.end();
    }
    return { reason, didRun: true, tookMs: performance.now() - start };
  }

  #drive(): Promise<EndReason> {
    const { name: objective, version, keepModels } = this.plan.sweep;
    const { join = false, parallelism = null } = this.plan.flags;
    const { evaluator, leaseMs } = this.evaluation;
    const { drain, halt } = this.stops;
    const how = { objective, version, join, parallelism, keepModels: keepModels ?? undefined, drain, halt };
    return this.study.drive(evaluator, leaseMs === undefined ? how : { ...how, leaseMs });
  }

  /** Ends whatever still runs and gives the signals back. */
  async close(): Promise<void> {
    await this.evaluation.close();
    this.stops.dispose();
  }

  #drain(): void {
    const { running } = countsOf(this.view);
    const what = running === 0 ? "what runs" : count(running, "trial"); // a test, or what is not heard of yet
    this.#progress.note = "ending";
    this.evaluation.drain();
    this.screen.say(
      `${err.yellow("ending:")} nothing new is proposed, ${what} may end; Ctrl-C again stops at once\n` +
        `go on with: ${this.plan.resume}`,
    );
  }

  /** What the trials get is what the driver tells them; closing the executor takes their grace away. */
  #halt(): void {
    this.#progress.note = "stopping";
    this.screen.say(`${err.yellow("stopping:")} running trials go back to the queue\ngo on with: ${this.plan.resume}`);
    this.evaluation.halt();
  }
}

/** Shows nothing where events are told as JSON. */
function progressOf(
  { flags, name }: RunPlan,
  { study, view, slots, screen }: Pick<SessionParts, "view" | "screen"> & Pick<RunStart, "slots"> & { study: Study },
): Progress {
  return new Progress({
    study,
    view,
    slots: slots.length,
    screen: flags.logJson ? SILENT : screen,
    isVerbose: flags.verbose === true,
    resume: sameStore(flags, "resume", name),
    show: (number) => sameStore(flags, "trials", "show", String(number), "--study", name),
  });
}

function showMetrics(server: PageServer, study: Study, { view, screen }: Pick<SessionParts, "view" | "screen">): void {
  const metrics = new RunMetrics(study, view);
  server.show(() => metrics.collect());
  screen.say(err.dim(`metrics at ${server.url}`));
}

interface SessionParts {
  readonly opened: OpenedStudy;
  readonly view: StudyView;
  readonly screen: Screen;
  readonly progress: Progress;
  readonly evaluation: Evaluation;
}
