// Runs one command line after another, as `main.ts` runs one: `node commands.mjs <path to say it was started by>`.
import process from "node:process";
import { runCli } from "../../../dist/cli/program.js";

process.argv[1] = process.argv[2];
process.once("disconnect", () => process.exit()); // also where a command of a test that timed out still runs
let last = Promise.resolve();
process.on("message", (order) => {
  last = last.then(() => run(order)).then((ran) => process.send(ran));
});

async function run({ args, cwd, env }) {
  const before = { ...process.env };
  process.chdir(cwd);
  for (const [name, value] of env) {
    if (value === null) delete process.env[name];
    else process.env[name] = value;
  }
  const restore = [collect(process.stdout), collect(process.stderr)];
  const code = await runCli(args);
  const [stdout, stderr] = restore.map((end) => end());
  for (const [name] of env) delete process.env[name];
  Object.assign(process.env, before);
  return { code, stdout, stderr };
}

/** Keeps what is written to a stream. */
function collect(stream) {
  const { write } = stream;
  let text = "";
  stream.write = (piece) => {
    text += piece;
    return true;
  };
  return () => {
    stream.write = write;
    return text;
  };
}
