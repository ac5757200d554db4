import type { Command } from "commander";
import { ParzenError } from "../../src/errors.ts";
import { missingFrom } from "../../src/space/assignment.ts";
import { encodeGiven } from "../../src/space/encode.ts";
import { flatten } from "../../src/space/flatten.ts";
import { EXIT } from "../exit.ts";
import { readNumber } from "../options/option-value.ts";
import { readParams } from "../options/params-argument.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { paramsLine } from "../render/params.ts";
import { print, say } from "../render/print.ts";
import { runCommand, sameStore } from "../study/go-on.ts";
import { sameParamsNote } from "../study/same-params.ts";
import { withStudy } from "../study/study-argument.ts";
import { liveDriver } from "../study/study-state.ts";
import { viewOf } from "../study/study-view.ts";
import type { Register } from "./register.ts";

interface EnqueueOptions extends StoreOption {
  readonly loss?: number;
}

export const registerEnqueue: Register = (program, finish): void => {
  const command: Command = program
    .command("enqueue")
    .description("Queue params to be tried next, and print the number of their trial.")
    .argument("<study>", "its name")
    .argument("<params...>", "one JSON object, or pairs: lr=0.01 optimizer.type=adam; the sampler proposes the rest")
    .option("--loss <loss>", "take over a result that is known already, instead of trying it", readNumber)
    .action(async (name: string, words: readonly string[], options: EnqueueOptions) => {
      if (!(await enqueue(name, words, options))) finish(EXIT.failed);
    });
  addStoreOption(command);
};

/** @returns false where the study gives out no number any more */
function enqueue(name: string, words: readonly string[], options: EnqueueOptions): Promise<boolean> {
  return withStudy(options, name, async (study, record) => {
    const params = readParams(study.space, words);
    if (options.loss !== undefined) {
      await study.enqueue(params, { loss: options.loss });
      say(`Taken over with ${record.metric} ${options.loss}. It holds no number and counts for no limit.`);
      return true;
    }
    const missing = missingFrom(study.space, encodeGiven(study.space, params));
    if (record.where === "function") checkNoneMissing(missing);
    const number = await study.enqueue(params);
    const view = await viewOf(study.store, record);
    if (number === null) {
      const total = view.study.settings.maxTrials ?? view.study.nextNumber;
      say(`error: study "${name}" has given out all its ${total} trials; nothing was queued`);
      say(`Make room with: ${sameStore(options, "set", name, "--max-trials", String(total + 1))}`);
      return false;
    }
    print(String(number));
    const isLive = liveDriver(view) !== null;
    const next = isLive ? "It runs next." : `Run it with: ${runCommand(view.study, options)}`;
    const { assignment = {} } = view.trials[number] ?? {};
    if (missing.length > 0)
      say(`${record.sampler.name} proposed the rest: ${paramsLine(flatten(study.space, assignment))}`);
    say(`Trial ${number} is queued. ${next}`);
    const same = sameParamsNote(view, number, options);
    if (same !== null) say(same);
    return true;
  });
}

/** @throws PARAMS_INVALID where a sampler would have to propose what only the study's own program can judge */
function checkNoneMissing(missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw new ParzenError("PARAMS_INVALID", `params: ${missing.join(", ")}: missing, and not to be proposed from here`, {
    hint: "What is allowed, a function of the study's program says. Give every param, or enqueue from that program.",
  });
}
