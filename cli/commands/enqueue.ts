import type { Command } from "commander";
import { EXIT } from "../exit.ts";
import { readNumber } from "../options/option-value.ts";
import { readParams } from "../options/params-argument.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { print, say } from "../render/print.ts";
import { runCommand, sameStore } from "../study/go-on.ts";
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
    .argument("<params...>", "one JSON object, or pairs: lr=0.01 optimizer.type=adam")
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
    say(`Trial ${number} is queued. ${isLive ? "It runs next." : `Run it with: ${runCommand(view.study, options)}`}`);
    return true;
  });
}
