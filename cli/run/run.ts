import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";
import { isAbsent } from "../../src/store/absent.ts";
import type { Store } from "../../src/store/store.ts";
import { isPassing } from "../../src/study/attempt/store-retry.ts";
import { failuresOf } from "../../src/trial/failures.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { listenForScrapes } from "../metrics/server.ts";
import { passwordWarning } from "../options/store-argument.ts";
import { isRedisStore, isRedisUrl, withStore } from "../options/store-option.ts";
import { type Best, bestOf, bestText } from "../render/best.ts";
import { err } from "../render/colors.ts";
import { print, printJson } from "../render/print.ts";
import { noteArtifacts, noteBackend } from "../study/notes.ts";
import { viewOf } from "../study/study-view.ts";
import { checkObjective } from "../sweep/check-objective.ts";
import { checkSampler } from "../sweep/check-sampler.ts";
import { slotsOf } from "../sweep/executor.ts";
import { checkProgram } from "../sweep/program-file.ts";
import { checkScript } from "../sweep/script-file.ts";
import { unsearched } from "../sweep/unsearched.ts";
import { finishedText } from "./announce.ts";
import { showDryRun } from "./dry-run.ts";
import type { RunFlags } from "./flags.ts";
import { betterLine, checkGivers, giversOf } from "./from.ts";
import { logTail } from "./lines.ts";
import { refuseSecondRun } from "./live.ts";
import { checkGoingOn } from "./open.ts";
import { planRun, type RunPlan } from "./plan.ts";
import type { DryRun } from "./preview.ts";
import { searchOn } from "./search.ts";
import { type RunStart, Session } from "./session.ts";
import { endLine, failingText, type RunEnd, runJson } from "./summary.ts";
import { isTestDue, type TestProblem, takeTest } from "./take-test.ts";

/** `parzen run`. @returns its exit code */
export async function runSweep(typed: string, flags: RunFlags): Promise<ExitCode> {
  const plan = await planRun(typed, flags);
  if (flags.sampler === undefined) await checkSampler({ ...plan.sweep, seed: plan.seed, maxTrials: plan.maxTrials });
  const slots = await ownSlots(plan);
  if (slots.length > 0) {
    await checkProgram(plan.sweep);
    await checkScript(plan.sweep);
    await checkObjective(plan.sweep, plan.seed);
  }
  if (flags.dryRun) {
    await showDryRun({ plan, slots, ...(await existing(plan)) });
    return EXIT.ok;
  }
  const exposed = passwordWarning(flags.store);
  const warnings = [...(exposed === null ? [] : [exposed]), ...unsearched(plan.sweep)];
  const warn = (message: string): void => void warnings.push(message);
  if (isAbsent(flags.store)) checkGivers(await giversOf(null, plan), plan, null); // refused before an empty store is made
  const metrics = flags.metricsPort === undefined ? null : await listenForScrapes(flags.metricsPort);
  try {
    return await withStore(flags, (store) => runIn(store, { plan, slots, warnings, metrics }), warn);
  } finally {
    await metrics?.close();
  }
}

async function runIn(store: Store, start: RunStart): Promise<ExitCode> {
  const { plan } = start;
  const session = await Session.open(store, start);
  try {
    const { artifacts } = plan.flags;
    if (artifacts !== undefined && isRedisStore(store)) await noteArtifacts(store, session.view.study, artifacts);
    const end = await session.search();
    if (end.reason === "exhausted")
      await store.note(plan.name, { exhaustedAt: (await session.study.refresh()).nextNumber });
    session.screen.say(endLine(session.view, end));
    if (!end.didRun) session.screen.say(finishedText(session.view, plan.flags, isTestDue(session, end)));
    const problem = await takeTest(session, end);
    const best = await bestNow(session);
    if (problem !== null) session.screen.say(err.yellow(`the test split was not evaluated: ${problem}`));
    const better = betterLine(session.from, best?.trial.loss ?? null, session.view.study.direction);
    if (better !== null) session.screen.say(better);
    if (end.reason === "failing") session.screen.say(await failing(session));
    if (plan.flags.json) printJson(runJson(session, end, best));
    else if (best !== null) print(bestText(best));
    return session.stops.exitCode() ?? exitCodeOf(end, best, problem);
  } catch (error) {
    return haltedCode(session, error);
  } finally {
    await session.close();
  }
}

/** Who asked for an end at once has it without the store, too. @throws what is no outage, or met nobody who asked */
function haltedCode({ stops, screen }: Session, error: unknown): ExitCode {
  const code = stops.exitCode();
  if (code === null || !stops.halt.aborted || !isPassing(error)) throw error;
  screen.say(err.yellow(`its end is not stored: ${error.message}`));
  return code;
}

async function bestNow({ study, view }: Session): Promise<Best | null> {
  const trial = await study.best();
  if (trial === null) return null;
  await noteBackend(study.store, view.study, trial.attributes);
  return bestOf(study, await study.refresh(), trial);
}

/** What a study that pauses itself has to say: its commonest error, with the output of the first trial that had it. */
async function failing({ study, view, plan }: Session): Promise<string> {
  const number = failuresOf(view.trials)[0]?.trials[0];
  const trial = number === undefined ? null : await study.trial(number);
  return failingText(view, trial?.state === "failed" ? logTail(trial) : "", plan.flags);
}

function exitCodeOf({ reason }: RunEnd, best: Best | null, problem: TestProblem): ExitCode {
  return reason === "failing" || best === null || problem !== null ? EXIT.failed : EXIT.ok;
}

/**
 * Looks for the study, and those of `--from`, without making a store that is not there.
 *
 * @throws STUDY_CHANGED, STUDY_LIVE, STUDY_NOT_FOUND as the run would
 */
async function existing(plan: RunPlan): Promise<Omit<DryRun, "plan" | "slots">> {
  const { name, flags } = plan;
  if (isAbsent(flags.store)) return { existing: null, givers: await giversOf(null, plan), search: plan };
  return withStore(flags, async (store) => {
    const givers = await giversOf(store, plan);
    const record = await store.findStudy(name);
    checkGivers(givers, plan, flags.fresh ? null : record);
    if (record === null) return { existing: null, givers, search: plan };
    if (flags.fresh) refuseSecondRun(await viewOf(store, record), plan);
    else await checkGoingOn(store, record, plan);
    const search = flags.fresh ? plan : searchOn(record, plan);
    return { existing: { trials: record.nextNumber, isReplaced: flags.fresh === true }, givers, search };
  });
}

/** In Redis a run only proposes, unless it is told to have slots as well. */
async function ownSlots({ flags, sweep }: RunPlan): Promise<readonly SlotEnvironment[]> {
  const isAlone = !isRedisUrl(flags.store) || flags.slots !== undefined || flags.gpus !== undefined;
  return isAlone ? slotsOf(flags, [sweep]) : [];
}
