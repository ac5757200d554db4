import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { encode } from "fast-png";
import { afterAll, expect, it } from "vitest";
import { idx } from "../training/datasets/files.ts";
import { blocksOf } from "./blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const blocks = blocksOf(readFileSync(join(root, "docs/training.md"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "parzen-data-docs-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

it("the readers of docs/training.md read what the page says, and print what it shows", async () => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/parzen"));
  write("package.json", '{ "type": "module" }');
  write("passengers.csv", "name,age,cabin,port,survived\nAda,36,first,Dover,yes\nBo,8,third,Cork,no\n");
  write("train-images-idx3-ubyte.gz", gzipSync(idx([1, 28, 28], new Array(784).fill(0))));
  write("train-labels-idx1-ubyte.gz", gzipSync(idx([1], [7])));
  for (const batch of [1, 2]) write(`data_batch_${batch}.bin`, Buffer.alloc(3073));
  for (const pet of ["cats", "dogs"]) {
    write(`pets/${pet}/1.png`, encode({ width: 2, height: 2, channels: 3, data: new Uint8Array(12) }));
  }
  const at = blocks.findIndex(({ file }) => file === "readers.mts");
  write("readers.mts", blocks[at]?.text ?? "");
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, "readers.mts"], { cwd: folder });
  expect(stdout).toBe(blocks[at + 1]?.text);
});
