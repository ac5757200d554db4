/**
 * The program that runs in the child of a slot: `node child.js <sweep file>`. It loads the sweep once and evaluates one
 * trial after another. It ends when its parent does.
 */

import { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { isParzenError } from "../../errors.ts";
import { stream } from "../../random/stream.ts";
import { checkAssignment } from "../../space/assignment.ts";
import { decode } from "../../space/decode.ts";
import type { KnownCode } from "../../sweep/code/known-code.ts";
import { type LoadedSweep, loadSweep } from "../../sweep/load.ts";
import type { TrialTask } from "../../trial/task.ts";
import { messageOf } from "../failure-message.ts";
import { stackOf } from "../failure-stack.ts";
import { machineFault } from "../machine-fault.ts";
import { settle } from "../objective.ts";
import { interpretThrow, invalid, type Result } from "../result.ts";
import { CHANNEL_FD, Channel } from "./channel.ts";
import { ChildTrial } from "./child-trial.ts";
import { LONGEST_TEXT, parseToChild } from "./parse-message.ts";
import type { ToChild, ToParent } from "./protocol.ts";

type Run = Extract<ToChild, { type: "run" }>;

let current: ChildTrial | null = null;
let isFailing = false;
let tellCode: (known: KnownCode | null) => void;
const told = new Promise<KnownCode | null>((resolve) => {
  tellCode = resolve;
});

const channel: Channel<ToChild, ToParent> = new Channel(new Socket({ fd: CHANNEL_FD }), parseToChild, {
  message: hear,
  broken: (problem) => void leave(`a message of the parent is not understood: ${problem}`),
  end: () => process.exit(0),
});

block(process.stdout);
block(process.stderr);
process.on("uncaughtException", (error) => void failUncaught(error));
const sweep = await loadSweep(process.argv[2] ?? "", await told).catch(refuse);
if (sweep !== null) channel.send({ v: 1, type: "ready" });

function hear(message: ToChild): void {
  if (message.type === "load") tellCode(message.known);
  else if (message.type === "run") void evaluate(message);
  else if (current?.run !== message.run) return;
  else if (message.type === "stop") current.stop(message.reason);
  else if (message.type === "unkept") current.refuse(message.report, message.message);
  else current.answer(message.report, message.verdict);
}

async function evaluate({ run, task, directory }: Run): Promise<void> {
  const trial = new ChildTrial(run, task, { directory, channel });
  current = trial;
  channel.send({ v: 1, type: "started", run });
  await finish(trial, sweep === null ? invalid("the sweep was not loaded") : await attempt(sweep, task, trial));
}

async function attempt(loaded: LoadedSweep, task: TrialTask, trial: ChildTrial): Promise<Result> {
  const { objective, space } = loaded;
  if (objective === null) return invalid(`${loaded.file} has no objective`);
  // No trial is to blame for another version of the code on this machine.
  if (task.version !== null && task.version !== loaded.version) return machineFault(changed(loaded, task));
  try {
    checkAssignment(space, task.assignment);
    const params = decode(space, task.assignment);
    seedMathRandom(task.seed);
    return await settle(objective, task, { params, trial, onThrow: (thrown) => process.stderr.write(stackOf(thrown)) });
  } catch (error) {
    return invalid(messageOf(error));
  }
}

/**
 * Replaces `Math.random` of this process by a trial's own stream, so that whatever draws from it, such as initial
 * weights and shuffling, is the same at every attempt and in whatever process.
 */
function seedMathRandom(seed: number): void {
  const rng = stream("Math.random", seed);
  Math.random = () => rng.next();
}

function changed({ file, version }: LoadedSweep, task: TrialTask): string {
  return `the objective of "${task.objective}" changed: the task means version ${task.version}, ${file} is ${version}`;
}

/** Sends the result behind all that the trial printed. What failed and nobody waits for fails the trial. */
async function finish(trial: ChildTrial, result: Result, isLast = false): Promise<void> {
  await trial.finish();
  if (trial.hasFailed) await setImmediate(); // only then Node tells of what nobody waits for
  await Promise.all([flush(process.stdout), flush(process.stderr)]);
  if (current !== trial || isFailing !== isLast) return;
  current = null;
  channel.send({ v: 1, type: "done", run: trial.run, result, rss: process.memoryUsage.rss(), isLast });
}

/** Writes at once, as to a file: what a trial printed before it crashed is not lost, and both streams keep their order. */
function block(output: NodeJS.WriteStream): void {
  // Node types no handle; that of a pipe has had this method since version 0.x.
  const { _handle } = output as { _handle?: { setBlocking?(on: boolean): void } };
  _handle?.setBlocking?.(true);
}

/** Waits until everything written to a stream has left this process. */
async function flush(output: NodeJS.WriteStream): Promise<void> {
  if (output.writableLength === 0 || output.destroyed) return;
  await new Promise<void>((resolve) => output.write("", () => resolve()));
}

/** An error outside the objective's promise: it fails the trial and, as nothing can be trusted now, ends the child. */
async function failUncaught(error: unknown): Promise<void> {
  process.stderr.write(stackOf(error));
  isFailing = current !== null;
  if (current !== null) await finish(current, interpretThrow(error), true);
  await channel.close();
  process.exit(1);
}

async function refuse(error: unknown): Promise<null> {
  const hint = isParzenError(error) && error.hint !== undefined ? `\n${error.hint}` : "";
  process.stderr.write(stackOf(error));
  channel.send({ v: 1, type: "refused", message: `${messageOf(error)}${hint}`.slice(0, LONGEST_TEXT) });
  await channel.close();
  process.exit(1);
}

async function leave(problem: string): Promise<void> {
  process.stderr.write(`${problem}\n`);
  await channel.close();
  process.exit(1);
}
