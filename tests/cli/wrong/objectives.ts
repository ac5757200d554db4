import { objective, type WrongInput, yaml } from "./case.ts";

/** Objectives that only fail: the study pauses after its first five trials and says why. */
const FAILING: readonly (readonly [name: string, file: string, text: string, message: RegExp])[] = [
  ["throws", "wrong.mjs", objective('throw new RangeError("the data is gone");'), /RangeError: the data is gone/],
  [
    "returns a text",
    "wrong.mjs",
    objective('return "0.5";'),
    /the objective returned "0\.5"; expected a finite number/,
  ],
  ["returns NaN", "wrong.mjs", objective("return 0 / 0;"), /the objective returned NaN; expected/],
  ["returns nothing", "wrong.mjs", objective(""), /the objective returned nothing; .*Is a "return" missing/],
  ["returns null", "wrong.mjs", objective("return null;"), /the objective returned null; expected/],
  ["returns no loss", "wrong.mjs", objective("return { accuracy: 1 };"), /returned \{"accuracy":1\}; expected/],
  [
    "ends its process",
    "wrong.mjs",
    objective("process.exit(7);"),
    /process exited with code 7 before the trial was over/,
  ],
  [
    "is not found",
    "wrong.yaml",
    yaml({ command: "[no-such-program]" }),
    /^error: this machine cannot run trials of wrong\.yaml: there is no program no-such-program on PATH\n$/,
  ],
  [
    "exits with 3",
    "wrong.yaml",
    yaml({ command: '[sh, -c, "echo no GPU >&2; exit 3"]' }),
    /exited with code 3: no GPU/,
  ],
  [
    "prints no loss",
    "wrong.yaml",
    yaml({ command: "[echo, done]" }),
    /the command gave no "loss"; expected a last line/,
  ],
  [
    "prints NaN",
    "wrong.yaml",
    yaml({ command: "[echo, loss=nan]" }),
    /the command's loss is NaN; expected a finite number/,
  ],
  ["takes too long", "wrong.yaml", yaml({ command: "[sleep, '60']", trialTimeout: "0.1" }), /time limit of 0\.1 s/],
];

export const WRONG_OBJECTIVES: readonly WrongInput[] = FAILING.map(([name, file, text, message]) => ({
  name: `an objective that ${name}`,
  files: { [file]: text },
  args: ["run", file, "--slots", "1", "-n", "30"],
  code: 1,
  message,
}));
