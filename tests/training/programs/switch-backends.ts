/** Loads backends one after another as a project in the named directory would, and prints which ones came. */
import { type BackendName, loadBackend } from "../../../src/training/index.ts";

const [folder = ".", ...names] = process.argv.slice(2);
process.chdir(folder);
const came: string[] = [];
for (const name of names) came.push((await loadBackend({ prefer: name as BackendName })).name); // given by the test
process.stdout.write(JSON.stringify(came));
