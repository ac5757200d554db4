import type { Command } from "commander";
import type { CompiledSpace } from "../../src/space/compile.ts";
import type { Store } from "../../src/store/store.ts";
import { orient } from "../../src/study/direction.ts";
import { knownSampler, versionsText } from "../../src/study/sampler-version.ts";
import type { Study } from "../../src/study/study.ts";
import type { StudyView } from "../../src/study/view.ts";
import { etaMs } from "../eta.ts";
import { type FailureGroup, failureLine, failuresOf } from "../failures.ts";
import { goOnCommand, sameStore } from "../go-on.ts";
import { type Colors, out } from "../render/colors.ts";
import { count, figure, remaining } from "../render/figure.ts";
import { print, printJson } from "../render/print.ts";
import { cut, lineWidth, pairs } from "../render/table.ts";
import { addStoreOption, isRedisStore, type StoreOption } from "../store-option.ts";
import { withStudy } from "../study-argument.ts";
import { type Service, type Standing, type StudyState, standingOf } from "../study-state.ts";
import { type Counts, countsOf, finishedCount, wholeViewOf } from "../study-view.ts";

interface StatusOptions extends StoreOption {
  readonly json?: boolean;
}

/** Most groups of failures that a screen shows. */
const SHOWN_FAILURES = 10;

export function registerStatus(program: Command): void {
  const command = program
    .command("status")
    .description("Show how a study stands, and why nothing runs where nothing does.")
    .argument("[study]", "its name; not needed where the store holds only one")
    .option("--json", "one JSON object on stdout")
    .action(showStatus);
  addStoreOption(command);
}

async function showStatus(name: string | undefined, options: StatusOptions): Promise<void> {
  await withStudy(options, name, async (study, record) => {
    const view = await wholeViewOf(study.store, record);
    const status = statusOf(study, view, await serviceOf(study.store, view));
    if (options.json) printJson(statusJson(status));
    else print(statusText(status, options));
  });
}

interface Status {
  readonly view: StudyView;
  readonly standing: Standing;
  readonly counts: Counts;
  readonly failures: readonly FailureGroup[];
  readonly etaMs: number | null;
  /** Its name, and how it proposes where it says. */
  readonly sampler: string;
  /** Whether workers run its trials. */
  readonly isFleet: boolean;
}

/** Asks the deployment, where there is one, why nobody serves the study. */
async function serviceOf(store: Store, view: StudyView): Promise<Service | null> {
  if (!isRedisStore(store)) return null;
  const { whyUnserved } = await import("../fleet-standing.ts"); // loads what no other store needs
  const [workers, isFull] = await Promise.all([store.workers.list(), store.isFull()]);
  return { unserved: whyUnserved(view, { workers, isFull }) };
}

function statusOf({ space }: Study, view: StudyView, service: Service | null): Status {
  const standing = standingOf(view, service);
  const slots = standing.driver?.slots ?? 1;
  const eta = standing.state === "running" && standing.why === null ? etaMs(view, slots) : null;
  const isFleet = service !== null;
  const sampler = samplerLine(view, space, slots);
  return { view, standing, counts: countsOf(view), failures: failuresOf(view), etaMs: eta, sampler, isFleet };
}

function samplerLine({ study, observations }: StudyView, space: CompiledSpace, parallelism: number): string {
  const { sampler, settings } = study;
  const plan = { maxTrials: settings.maxTrials, parallelism, objectives: 1 };
  const how = knownSampler(sampler)?.describe?.({ space, observations, plan });
  const versions = versionsText(study);
  return `${sampler.name}${how === undefined ? "" : `, now by ${how}`}${versions === null ? "" : `; versions: ${versions}`}`;
}

function statusText(status: Status, options: StoreOption): string {
  const { view, standing, counts, failures } = status;
  const { name, metric } = view.study;
  const entries: [string, string][] = [
    ["trials", trialsLine(view, counts)],
    [`best ${metric}`, bestLine(view)],
    ["sampler", status.sampler],
    ["driver", driverLine(standing, status.isFleet)],
  ];
  if (standing.why !== null) entries.push(["why", standing.why]);
  if (status.etaMs !== null && status.etaMs > 0) entries.push(["ETA", remaining(status.etaMs)]);
  const next = nextCommand(view, standing, options);
  if (next !== null) entries.push(["go on", next]);
  const lines = [`${out.bold(name)}: ${paintState(standing.state, out)}`, "", pairs(entries)];
  if (failures.length > 0) lines.push("", out.dim("  failures"), ...failureLines(failures));
  return lines.join("\n");
}

function trialsLine({ study }: StudyView, counts: Counts): string {
  const total = study.settings.maxTrials === null ? "" : ` of ${study.settings.maxTrials}`;
  const parts = Object.entries(counts).filter(([, amount]) => amount > 0);
  const detail = parts.map(([state, amount]) => `${amount} ${state}`).join(", ");
  return `${finishedCount(counts)}${total}${detail === "" ? "" : ` (${detail})`}`;
}

function bestLine({ best, study }: StudyView): string {
  if (best === null) return "none: no trial is complete";
  return `${figure(orient(study.direction, best.losses[0]))} (trial ${best.number})`;
}

function driverLine({ driver }: Standing, isFleet: boolean): string {
  if (driver === null) return "none";
  const { holder, slots } = driver;
  return `process ${holder.pid} on ${holder.host}, ${count(slots, "slot")}${isFleet ? " of workers" : ""}`;
}

/** The command that makes a study go on; null where it runs, or has nothing left to go on with. */
function nextCommand(view: StudyView, { state, driver }: Standing, options: StoreOption): string | null {
  if (state === "running") return null;
  if (state === "paused" && driver !== null) return sameStore(options, "resume", view.study.name);
  return goOnCommand(view, options);
}

function failureLines(failures: readonly FailureGroup[]): readonly string[] {
  const shown = failures.slice(0, SHOWN_FAILURES).map((group) => `    ${cut(failureLine(group), lineWidth() - 4)}`);
  const more = failures.length - shown.length;
  return more > 0 ? [...shown, out.dim(`    and ${more} other messages`)] : shown;
}

function paintState(state: StudyState, colors: Colors): string {
  switch (state) {
    case "running":
    case "finished":
      return colors.green(state);
    case "failing":
      return colors.red(state);
    default:
      return colors.yellow(state);
  }
}

function statusJson({ view, standing, counts, failures, etaMs, sampler }: Status): object {
  const { name, settings, direction, metric, createdAtMs, tests } = view.study;
  const { state, why, driver } = standing;
  const best = view.best;
  return {
    study: name,
    state,
    why,
    trials: { ...counts, finished: finishedCount(counts), total: settings.maxTrials },
    metric,
    direction,
    best: best === null ? null : { number: best.number, loss: orient(direction, best.losses[0]) },
    sampler,
    driver: driver === null ? null : { ...driver.holder, slots: driver.slots },
    etaMs,
    failures,
    tests,
    createdAtMs,
  };
}
