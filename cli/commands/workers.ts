import type { Command } from "commander";
import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { HeardWorker } from "../../src/store/worker-record.ts";
import { addRedisOption, type StoreOption, withRedis } from "../options/store-option.ts";
import { err, out } from "../render/colors.ts";
import { onOneLine } from "../render/controls.ts";
import { count, duration } from "../render/figure.ts";
import { pairs } from "../render/lines.ts";
import { print, printJson, say } from "../render/print.ts";
import { sameStore } from "../study/go-on.ts";
import { lastHeard } from "../study/last-heard.ts";
import { versionText } from "../study/version-text.ts";

interface WorkersOptions extends StoreOption {
  readonly json?: boolean;
}

export function registerWorkers(program: Command): void {
  const command = program
    .command("workers")
    .description("List the live workers of a Redis store: what they can run, and what they run now.")
    .option("--json", "one JSON array on stdout")
    .action(listWorkers);
  addRedisOption(command);
}

async function listWorkers(options: WorkersOptions): Promise<void> {
  const look = (store: RedisStore) => Promise.all([store.workers.list(unreadable), store.isFull()]);
  const [workers, isFull] = await withRedis(options, look);
  if (isFull) say(`${err.yellow("warning:")} ${fullText(workers.length > 0)}\n${MAKE_ROOM}`);
  if (options.json) printJson(workers);
  else if (workers.length > 0) print(draw(workers));
  else if (!isFull) say(`no worker is alive. Start one with: ${sameStore(options, "worker")} <sweep>`);
}

/** What workers say of themselves is a record like any other. */
function fullText(isAnySeen: boolean): string {
  const seen = isAnySeen ? "what workers run is as they last could say" : "no worker can say that it is alive";
  return `the memory of the store is used up: ${seen}`;
}

const MAKE_ROOM = "Raise maxmemory of the server or delete studies, and all goes on";

/** Of a record that somebody else left there, or a newer version. */
function unreadable(problem: string): void {
  say(err.yellow(`left out: ${problem}`));
}

/** A block for each: its line would be too long for a terminal. */
function draw(workers: readonly HeardWorker[]): string {
  return workers.map((worker) => `${titleOf(worker)}\n${pairs(detailsOf(worker))}`).join("\n\n");
}

function titleOf(worker: HeardWorker): string {
  const { host, pid, state, slots, startedAtMs } = worker;
  const paint = state === "sick" ? out.red : state === "serving" ? out.green : out.yellow;
  const up = duration(Math.max(0, Date.now() - startedAtMs));
  const silence = lastHeard(worker);
  const silent = silence === null ? "" : `, ${out.yellow(silence)}`;
  return `${out.bold(`${onOneLine(host)}:${pid}`)}: ${paint(state)}, ${count(slots, "slot")}, up ${up}${silent}`;
}

function detailsOf(worker: HeardWorker): readonly (readonly [string, string])[] {
  const { reason, gpus, tags, objectives, trials, parzen, node } = worker;
  return [
    ...(reason === null ? [] : [["why", reason] as const]),
    ...(gpus.length === 0 ? [] : [["GPUs", gpus.join(", ")] as const]),
    ...(tags.length === 0 ? [] : [["tags", tags.join(", ")] as const]),
    ["serves", objectives.map((each) => `${each.name} ${versionText(each.version, each)}`).join("\n")],
    ["trials", trials.map(({ study, number }) => `${study} #${number}`).join(", ") || "none now"],
    ["versions", `parzen ${parzen} on Node ${node}`],
  ];
}
