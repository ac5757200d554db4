/** A sweep that is right. */
export const BASE: string = `command: [python, train.py, "{args}"]
space:
  lr: {loguniform: [1.0e-5, 0.1]}
  optimizer:
    choice:
      - {type: sgd, momentum: {uniform: [0, 0.99]}}
      - {type: adam, beta: {pchoice: [[0.5, 0.9], [0.5, {quniform: [0.9, 0.99, 0.01]}]]}}
`;

/** Texts with what is wrong with them, what the error says, and its hint. */
export const WRONG: readonly (readonly [what: string, text: string, message: string, hint?: string])[] = [
  ["nothing", "", "s.yaml: the file is empty, or holds nothing but comments"],
  [
    "a list",
    "- 1\n",
    's.yaml:1:1: expected a sweep: an object with "space" and "objective" or "command", received [1]',
  ],
  [
    "a brace that stays open",
    "space: {a: 1\n",
    "s.yaml:2:1: Flow map in block collection must be sufficiently indented and end with a }",
  ],
  ["a tab", "space:\n\ta: 1\n", "s.yaml:2:1: a tab indents this line, but YAML wants spaces"],
  ["a key given twice", `${BASE}seed: 1\nseed: 2\n`, "s.yaml:9:1: the key seed is given twice"],
  [
    "a param given twice",
    BASE.replace("  optimizer:", "  lr: 1\n  optimizer:"),
    "s.yaml:4:3: the key lr is given twice",
  ],
  ["a key that is a list", `${BASE}? [a, b]\n: 2\n`, "s.yaml:8:3: a key is text, and no list, object or alias"],
  ["a second document", `${BASE}---\na: 1\n`, "s.yaml:8:1: a second document begins, but a sweep is one"],
  ["an unknown tag", `${BASE}seed: !python 3\n`, "s.yaml:8:7: Unresolved tag: !python"],
  [
    "an object that is merged and wrong",
    "command: [x]\nspace: {a: {<<: [{y: 1}, {x: {uniform: [1, 0]}}]}}\n",
    "s.yaml:2:30: space.a.x: expected uniform [low, high] with low < high, received [1,0]",
  ],
  ["a merge of what is no object", `${BASE}<<: [5]\n`, "s.yaml:8:5: << merges an object, or a list of objects"],
  ["a merge of nothing", `${BASE}<<:\n`, "s.yaml:8:4: << merges an object, or a list of objects"],
  ["an unknown alias that is merged", `${BASE}<<: *x\n`, "s.yaml:8:5: no anchor &x stands before this alias"],
  [
    "an alias inside what it repeats",
    `${BASE}sampler: &s {tpe: {startup: *s}}\n`,
    "s.yaml:8:29: the alias *s stands inside of what it repeats",
  ],
  ["an unknown alias", `${BASE}seed: *x\n`, "s.yaml:8:7: no anchor &x stands before this alias"],
  ["an unknown key", `${BASE}max_trials: 3\n`, 's.yaml:8:1: max_trials: unknown key (did you mean "maxTrials"?)'],
  [
    "a key from nowhere",
    `${BASE}foo: 3\n`,
    "s.yaml:8:1: foo: unknown key",
    "The keys of a sweep are name, space, where, objective, command, direction, metric, maxTrials, timeout, trialTimeout, slots, keepModels, sampler, pruner, fidelity, seed, requires, data, defaults.",
  ],
  [
    "a metric of two lines",
    `${BASE}metric: "a\\nb"\n`,
    's.yaml:8:9: metric: expected the name of a figure, received "a\\nb"',
    "Its name has no line breaks, tabs and the like.",
  ],
  ["no space", "command: [x]\n", 's.yaml:1:1: the key "space" is missing'],
  ["no command", "space: {a: {uniform: [0, 1]}}\n", 's.yaml:1:1: the key "command" is missing'],
  [
    "an objective",
    `${BASE}objective: train.ts\n`,
    "s.yaml:8:1: objective: a function cannot be written in YAML or JSON",
    "Write `command: [program, argument, ...]`, or the sweep in TypeScript.",
  ],
  [
    "a relation of nobody",
    `${BASE}where: lr < epochs\n`,
    's.yaml:8:13: where: there is no param "epochs"',
    "Params are lr, optimizer, optimizer.type, optimizer.momentum, optimizer.beta; quote texts, and put a name with other characters in backticks.",
  ],
  [
    "a wrong relation in a list",
    `${BASE}where:\n  - lr < 1\n  - 'optimizer.type == "sgdd"'\n`,
    's.yaml:10:24: where.1: optimizer.type is never "sgdd" (did you mean "sgd"?)',
  ],
  [
    "a wrong relation over several lines",
    `${BASE}where: >\n  lr < 1\n  and lr = 1\n`,
    's.yaml:8:8: where: "lr < 1 and lr = 1", column 15: "=" means nothing here (write "==")',
  ],
  [
    "a number as relation",
    `${BASE}where: 3\n`,
    's.yaml:8:8: where: expected a relation such as "warmup < epochs", or a list of them, received 3',
  ],
  [
    "an impossible relation",
    `${BASE}where: lr > 0.5\n`,
    's.yaml:8:8: where: none of 10,000 configurations drawn from the space satisfies "lr > 0.5"',
  ],
  [
    "a command of text",
    BASE.replace(/command: .*/, "command: python train.py"),
    's.yaml:1:10: command: expected a list of texts: a program and its arguments, received "python train.py"',
    'Write a list, as no shell splits it: ["python","train.py"].',
  ],
  [
    "a command with a number",
    BASE.replace('"{args}"', "3"),
    's.yaml:1:10: command: expected a list of texts: a program and its arguments, received ["python","train.py",3]',
    'Put 3 in quotes: "3".',
  ],
  [
    "an empty command",
    BASE.replace(/command: .*/, "command: []"),
    "s.yaml:1:10: command: expected a list of texts: a program and its arguments, received []",
  ],
  [
    "a name in the command",
    BASE.replace("{args}", "--lr={learning}"),
    's.yaml:1:29: command.2: {learning} in "--lr={learning}" is no param of the space',
    "Double a brace that is meant literally: {{ and }}.",
  ],
  [
    "swapped bounds",
    BASE.replace("[1.0e-5, 0.1]", "[0.1, 1.0e-5]"),
    "s.yaml:3:7: space.lr: expected loguniform [low, high] with low < high, received [0.1,0.00001]",
    "Swap them: [0.00001, 0.1].",
  ],
  [
    "a wrong node in a branch",
    BASE.replace("[0, 0.99]", "[0]"),
    "s.yaml:6:31: space.optimizer.sgd.momentum: expected uniform [low, high] of finite numbers, received [0]",
  ],
  [
    "a wrong node in a pchoice",
    BASE.replace("0.99, 0.01", "0.99, -1"),
    "s.yaml:7:57: space.optimizer.adam.beta.1: expected quniform q above 0, received -1",
  ],
  [
    "a misspelt node",
    BASE.replace("loguniform", "loguniforn"),
    's.yaml:3:7: space.lr: expected a known kind of node (did you mean "loguniform"?), received "loguniforn"',
  ],
  [
    "no number",
    BASE.replace("[0, 0.99]", "[0, .inf]"),
    "s.yaml:6:31: space.optimizer.sgd.momentum: expected uniform [low, high] of finite numbers, received [0,Infinity]",
  ],
  [
    "a space of text",
    "command: [x]\nspace: lr\n",
    's.yaml:2:8: space: expected an object of named params such as { x: hp.uniform(0, 1) }, received "lr"',
  ],
  [
    "a space without a node",
    "command: [x]\nspace: {a: 1}\n",
    's.yaml:2:8: space: expected at least one hp node such as { uniform: [0, 1] }, received {"a":1}',
  ],
  [
    "two params of one variable",
    "command: [x]\nspace:\n  a-b: {uniform: [0, 1]}\n  a_b: {uniform: [0, 1]}\n",
    "s.yaml:4:8: space: a-b and a_b would be the same variable of the command, PARZEN_PARAM_A_B",
  ],
  [
    "a direction",
    `${BASE}direction: max\n`,
    's.yaml:8:12: direction: expected "minimize" or "maximize", received "max"',
  ],
  ["a metric", `${BASE}metric: 3\n`, "s.yaml:8:9: metric: expected the name of a figure, received 3"],
  ["half a trial", `${BASE}maxTrials: 1.5\n`, "s.yaml:8:12: maxTrials: expected an integer above 0, received 1.5"],
  ["no slots", `${BASE}slots: 0\n`, "s.yaml:8:8: slots: expected an integer from 1 to 1024, received 0"],
  ["too many slots", `${BASE}slots: 1025\n`, "s.yaml:8:8: slots: expected an integer from 1 to 1024, received 1025"],
  ["a negative seed", `${BASE}seed: -1\n`, "s.yaml:8:7: seed: expected an integer, 0 or above, received -1"],
  [
    "a time in words",
    `${BASE}timeout: ten minutes\n`,
    's.yaml:8:10: timeout: expected seconds above 0 as a number, or text such as "90s", "10m", "2h", "1d", received "ten minutes"',
  ],
  [
    "a time of nothing",
    `${BASE}trialTimeout:\n`,
    's.yaml:8:14: trialTimeout: expected seconds above 0 as a number, or text such as "90s", "10m", "2h", "1d", received null',
  ],
  [
    "two samplers",
    `${BASE}sampler: {tpe: {}, random: {}}\n`,
    's.yaml:8:10: sampler: expected a sampler: a name such as tpe, { tpe: { startup: 20 } }, or an object such as tpe() gives, received {"tpe":{},"random":{}}',
  ],
  [
    "an unknown sampler",
    `${BASE}sampler: tpee\n`,
    's.yaml:8:10: sampler: unknown sampler "tpee" (did you mean "tpe"?)',
    "Samplers are random, tpe, gp, qmc, grid, auto, partial.",
  ],
  [
    "an option that no sampler has",
    `${BASE}sampler: {random: {gama: 1}}\n`,
    's.yaml:8:10: sampler: random: unknown option "gama"',
  ],
  [
    "a time without end",
    `${BASE}timeout: .inf\n`,
    's.yaml:8:10: timeout: expected seconds above 0 as a number, or text such as "90s", "10m", "2h", "1d", received Infinity',
    "For no limit, leave the key out.",
  ],
  [
    "an unknown pruner",
    `${BASE}pruner: mediam\n`,
    's.yaml:8:9: pruner: unknown pruner "mediam" (did you mean "median"?)',
    "Pruners are none, median, percentile, successiveHalving, hyperband, patient, threshold.",
  ],
  [
    "an option of no pruner",
    `${BASE}pruner: {none: {x: 1}}\n`,
    's.yaml:8:9: pruner: none: unknown option "x"',
    "none takes no options.",
  ],
  [
    "a pruner of 3",
    `${BASE}pruner: 3\n`,
    "s.yaml:8:9: pruner: expected a pruner: a name such as median, { median: { startup: 3 } }, or an object such as median() gives, received 3",
  ],
  [
    "a pruner named by a key",
    `${BASE}pruner: { name: median, startup: 3 }\n`,
    's.yaml:8:9: pruner: expected a pruner: a name such as median, { median: { startup: 3 } }, or an object such as median() gives, received {"name":"median","startup":3}',
    'Write {"median":{"startup":3}}.',
  ],
  [
    "a sampler named by a key",
    `${BASE}sampler: { name: grid, options: { steps: 5 } }\n`,
    's.yaml:8:10: sampler: expected a sampler: a name such as tpe, { tpe: { startup: 20 } }, or an object such as tpe() gives, received {"name":"grid","options":{"steps":5}}',
    'Write {"grid":{"steps":5}}.',
  ],
  [
    "tags of text",
    `${BASE}requires: gpu\n`,
    's.yaml:8:11: requires: expected a list of tags, each 1 to 40 letters, digits, - and _ that begin with a letter or digit, received "gpu"',
    'Write a list: ["gpu"].',
  ],
  [
    "a tag with a space",
    `${BASE}requires: [big gpu]\n`,
    's.yaml:8:11: requires: expected a list of tags, each 1 to 40 letters, digits, - and _ that begin with a letter or digit, received ["big gpu"]',
  ],
  [
    "a name with a slash",
    `${BASE}name: a/b\n`,
    's.yaml:8:7: name: expected a name of 1 to 120 letters, digits, ".", "_" or "-" that begins with a letter or digit, received "a/b"',
  ],
  [
    "defaults outside the space",
    `${BASE}defaults: {lr: 0.1, optimizer: {type: sgd, momentum: 2}}\n`,
    "s.yaml:8:54: defaults.optimizer.momentum: expected a number from 0 to 0.99, received 2",
  ],
  [
    "defaults with a wrong tag",
    `${BASE}defaults: {lr: 0.1, optimizer: {type: adan}}\n`,
    's.yaml:8:39: defaults.optimizer.type: expected one of "sgd", "adam" (did you mean "adam"?), received "adan"',
  ],
];
