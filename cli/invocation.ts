/** How this program was started, so that a command that it prints can be typed as it stands. */
export function invocation(): string {
  switch (process.env["npm_lifecycle_event"]) {
    case "start":
      return "npm start --";
    case "npx":
      return "npx parzen";
    default:
      return "parzen";
  }
}

/** A command line of this program. Every argument is quoted where a POSIX shell would read it differently. */
export function commandLine(...args: readonly string[]): string {
  return [invocation(), ...args.map(shellQuote)].join(" ");
}

export function shellQuote(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
