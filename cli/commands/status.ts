import type { Command } from "commander";
import type { CompiledSpace } from "../../src/space/compile.ts";
import type { Store } from "../../src/store/store.ts";
import { knownSampler, versionsText } from "../../src/study/proposal/sampler-version.ts";
import type { StoredStudy } from "../../src/study/stored-study.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { failuresOf } from "../../src/trial/failures.ts";
import { addStoreOption, isRedisStore, type StoreOption } from "../options/store-option.ts";
import { print, printJson } from "../render/print.ts";
import { etaMs } from "../study/eta.ts";
import { type Status, statusJson, statusText } from "../study/status.ts";
import { withStored } from "../study/study-argument.ts";
import { type Service, standingOf } from "../study/study-state.ts";
import { countsOf, wholeViewOf } from "../study/study-view.ts";

interface StatusOptions extends StoreOption {
  readonly json?: boolean;
}

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
  await withStored(options, name, async (study, record) => {
    const view = await wholeViewOf(study.store, record);
    const status = statusOf(study, view, await serviceOf(study.store, view));
    if (options.json) printJson(statusJson(status));
    else print(statusText(status, options));
  });
}

/** Asks the deployment, where there is one, why nobody serves the study. */
async function serviceOf(store: Store, view: StudyView): Promise<Service | null> {
  if (!isRedisStore(store)) return null;
  const { whyUnserved } = await import("../study/fleet-standing.ts"); // loads what no other store needs
  const [workers, isFull] = await Promise.all([store.workers.list(), store.isFull()]);
  return { unserved: whyUnserved(view, { workers, isFull }) };
}

function statusOf({ space }: StoredStudy, view: StudyView, service: Service | null): Status {
  const standing = standingOf(view, service);
  const slots = standing.driver?.slots ?? 1;
  const eta = standing.state === "running" && standing.why === null ? etaMs(view, slots) : null;
  const isFleet = service !== null;
  const sampler = samplerLine(view, space, slots);
  return { view, standing, counts: countsOf(view), failures: failuresOf(view.trials), etaMs: eta, sampler, isFleet };
}

function samplerLine({ study, observations }: StudyView, space: CompiledSpace, parallelism: number): string {
  const { sampler, settings } = study;
  const plan = { maxTrials: settings.maxTrials, parallelism, objectives: 1 };
  const how = knownSampler(sampler)?.describe?.({ space, observations, plan });
  const versions = versionsText(study);
  return `${sampler.name}${how === undefined ? "" : `, now by ${how}`}${versions === null ? "" : `; versions: ${versions}`}`;
}
