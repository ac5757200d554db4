// Loads the sweeps of its arguments and prints a line of JSON for each, as a process of its own: no test runner maps its stacks.
import { loadSweep } from "../../dist/src/sweep/load.js";

for (const file of process.argv.slice(2)) {
  const line = await loadSweep(file).then(
    ({ name, version }) => ({ name, version }),
    (error) => ({ error: error.name, message: error.message, hint: error.hint }),
  );
  console.log(JSON.stringify(line));
}
