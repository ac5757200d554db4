import * as parzen from "parzen";
import { thrownMessage } from "../../src/errors.ts";

/**
 * What makes a strategy of parzen by what is written on the command line: `tpe`, or with options `tpe:{"startup":10}`.
 *
 * @param option the option's name, for errors
 * @param names those that it may be
 * @throws where there is none of that name, its options are no JSON, or it refuses them
 */
export function strategyFrom<S>(option: string, text: string, names: readonly string[]): () => S {
  const [, name = "", options = "{}"] = /^(\w+)(?::(.*))?$/s.exec(text) ?? [];
  const make = names.includes(name) ? makerOf(name) : undefined;
  if (typeof make !== "function") {
    throw new Error(`${option} ${text}: expected one of ${names.join(", ")}, with options after a colon as JSON`);
  }
  const given = parsed(`${option} ${text}`, options);
  return () => make(given);
}

/** Undefined where this build has none of that name. */
export function makerOf(name: string): unknown {
  return (parzen as Record<string, unknown>)[name]; // by any name, which may be none of its exports
}

function parsed(at: string, options: string): unknown {
  try {
    return JSON.parse(options);
  } catch (error) {
    throw new Error(`${at}: expected its options as JSON; ${thrownMessage(error)}`);
  }
}
