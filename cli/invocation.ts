/** How this program was started, so that a command that it prints can be typed as it stands. */
export function invocation(): string {
  const { npm_lifecycle_event: event, npm_lifecycle_script: script } = process.env;
  if (event === undefined || event === "") return "parzen";
  // Another package's start script may have arguments of its own.
  return event === "start" && script?.endsWith("dist/cli/main.js") ? "npm start --" : "npx parzen";
}

/** A command line of this program. Every argument is quoted where a POSIX shell would read it differently. */
export function commandLine(...args: readonly string[]): string {
  return [invocation(), ...args.map(shellQuote)].join(" ");
}

export function shellQuote(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
