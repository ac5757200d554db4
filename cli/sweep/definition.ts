import { readFile, realpath } from "node:fs/promises";
import { isYaml } from "../../src/sweep/find.ts";
import { importDefault } from "../../src/sweep/module.ts";
import { moduleSource } from "../../src/sweep/module-source.ts";
import { shownPath } from "../../src/sweep/shown-path.ts";
import { fail, type SweepSource } from "../../src/sweep/source.ts";
import type { SweepError } from "../../src/sweep/sweep-error.ts";
import { parseSweep } from "../../src/sweep/yaml.ts";

/** What a sweep's file says, unchecked, and where it says it. */
export interface SweepDefinition {
  readonly definition: unknown;
  readonly source: SweepSource;
}

/** @throws what its parser or its module throws */
export async function readDefinition(file: string): Promise<SweepDefinition> {
  const content = await readFile(file);
  if (isYaml(file)) return parseSweep(content, shownPath(file));
  const definition = await importDefault(await realpath(file), []);
  return { definition, source: moduleSource(content.toString("utf8"), shownPath(file)) };
}

/** A fault that showed only after the sweep was loaded, as the error at its line: the file is read again for that. */
export async function faultAt(
  file: string,
  keys: readonly string[],
  fault: Parameters<typeof fail>[2],
): Promise<SweepError> {
  const { source } = await readDefinition(file);
  return fail(source, keys, fault);
}
