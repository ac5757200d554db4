import { rmSync } from "node:fs";
import { join } from "node:path";
import { type WrongInput, yaml } from "./case.ts";

const archive = { format: "parzen-study", version: 1 };

/** Studies, trials and params that are not there, or not like that. */
export const WRONG_STUDIES: readonly WrongInput[] = [
  {
    name: "a study that is not there",
    args: ["status", "dmeo"],
    code: 3,
    message: /there is no study "dmeo" in .*\nStudies there: demo/,
  },
  {
    name: "no store at all",
    arrange: (folder) => rmSync(join(folder, ".parzen"), { recursive: true }),
    args: ["best"],
    code: 3,
    message: /there is no store at .*parzen\.db\nBegin a study with: /,
  },
  {
    name: "a trial that is not there",
    args: ["trials", "show", "99", "--study", "demo"],
    code: 3,
    message: /has no trial 99/,
  },
  { name: "a rerun of a trial that is not there", args: ["rerun", "demo", "99"], code: 3, message: /has no trial 99/ },
  {
    name: "a trial to cancel that is not there",
    args: ["cancel", "--trial", "99"],
    code: 3,
    message: /has no trial 99/,
  },
  {
    name: "a trial to cancel that has ended",
    args: ["cancel", "--trial", "0"],
    code: 1,
    message: /trial 0 of "demo" has ended already: it is complete/,
  },
  {
    name: "params outside their space",
    args: ["enqueue", "demo", "lr=7", "layers.0=16", "optimizer.type=adam"],
    code: 2,
    message: /lr: expected a number from 0\.0001 to 1, received 7/,
  },
  {
    name: "params of another space",
    args: ["enqueue", "demo", "lr=0.1", "layers.0=16", "optimzer.type=adam"],
    code: 2,
    message: /optimzer: expected no such param \(did you mean "optimizer"\?\)/,
  },
  {
    name: "params of a known result that lack one",
    args: ["enqueue", "demo", "lr=0.1", "--loss", "1"],
    code: 2,
    message: /^error: layers\.0: missing, expected one of 16, 32\n$/,
  },
  {
    name: "params that are no JSON",
    args: ["enqueue", "demo", '{"lr":'],
    code: 2,
    message: /params: this is not JSON/,
  },
  {
    name: "an import of nothing that is JSON",
    files: { "study.json": "not at all" },
    args: ["import", "study.json"],
    code: 2,
    message: /^error: study\.json: study archive: it is not JSON\n/,
  },
  {
    name: "an import of other JSON",
    files: { "study.json": '{"trials": []}' },
    args: ["import", "study.json"],
    code: 2,
    message: /study archive: expected "format": "parzen-study"/,
  },
  {
    name: "an import of half an archive",
    files: { "study.json": JSON.stringify(archive) },
    args: ["import", "study.json"],
    code: 2,
    message: /study archive: .*study/,
  },
  {
    name: "an import of a later format",
    files: { "study.json": JSON.stringify({ ...archive, version: 2 }) },
    args: ["import", "study.json"],
    code: 2,
    message: /study archive: version 2 is not known/,
  },
  {
    name: "an import of a file that is not there",
    args: ["import", "study.json"],
    code: 2,
    message: /cannot read study\.json: no such file or directory/,
  },
  {
    name: "a test of a study that no sweep ran",
    args: ["test", "demo"],
    code: 3,
    message: /study "demo" was not run from a sweep file/,
  },
  { name: "a test of a trial that failed", args: ["test", "--trial", "3"], code: 1, message: /trial 3 is failed/ },
  {
    name: "a sweep whose space is not that of its study",
    files: { "demo.yaml": yaml() },
    args: ["run", "demo.yaml"],
    code: 2,
    message: /study "demo" was begun with something else:[\s\S]*--fresh[\s\S]*--name demo-2/,
  },
];
