import type { Command } from "commander";
import { isAbsent } from "../../src/store/absent.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { commandLine } from "../invocation.ts";
import { addStoreOption, type StoreOption, withStore } from "../options/store-option.ts";
import { out } from "../render/colors.ts";
import { figure, moment } from "../render/figure.ts";
import { print, printJson, say } from "../render/print.ts";
import { table } from "../render/table.ts";
import { standingOf } from "../study/study-state.ts";
import { bestLossOf, countsOf, finishedCount, totalOf, viewOf } from "../study/study-view.ts";

interface ListOptions extends StoreOption {
  readonly json?: boolean;
}

interface Row {
  readonly name: string;
  readonly state: string;
  /** Trials that ended. */
  readonly finished: number;
  readonly maxTrials: number | null;
  readonly best: number | null;
  readonly createdAtMs: number;
}

export function registerList(program: Command): void {
  const command = program
    .command("list")
    .description("List the studies of a store.")
    .option("--json", "one JSON array on stdout")
    .action(listStudies);
  addStoreOption(command);
}

async function listStudies(options: ListOptions): Promise<void> {
  const rows = isAbsent(options.store) ? [] : await withStore(options, describeAll);
  if (options.json) printJson(rows);
  else if (rows.length > 0) print(draw(rows));
  else say(`${options.store} holds no study. Begin one with: ${commandLine("run")} <sweep>`);
}

async function describeAll(store: Store): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const record of await store.listStudies()) rows.push(await describe(store, record));
  return rows;
}

async function describe(store: Store, record: StudyRecord): Promise<Row> {
  const view = await viewOf(store, record);
  const { name, createdAtMs } = view.study;
  return {
    name,
    state: standingOf(view).state,
    finished: finishedCount(countsOf(view)),
    maxTrials: totalOf(view.study),
    best: bestLossOf(view)?.loss ?? null,
    createdAtMs,
  };
}

function draw(rows: readonly Row[]): string {
  const columns = [
    { title: "study" },
    { title: "trials", align: "right" },
    { title: "best", align: "right" },
    { title: "state" },
    { title: "created" },
  ] as const;
  const cells = rows.map(({ name, finished, maxTrials, best, state, createdAtMs }) => [
    name,
    maxTrials === null ? String(finished) : `${finished}/${maxTrials}`,
    best === null ? "-" : figure(best),
    state,
    moment(createdAtMs),
  ]);
  return table(columns, cells, (text, _row, column) => (column === 0 ? out.bold(text) : text));
}
