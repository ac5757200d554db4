import { loadSweep } from "../../src/sweep/load.ts";

/** Loads the sweeps of its arguments and prints a line of JSON for each, as a process of its own: no test runner maps its stacks. */
for (const file of process.argv.slice(2)) {
  const line = await loadSweep(file).then(
    ({ name, version }) => ({ name, version }),
    (error: Error & { hint?: string }) => ({ error: error.name, message: error.message, hint: error.hint }),
  );
  console.log(JSON.stringify(line));
}
