import { delimiter } from "node:path";

/** Where a system looks that was told no PATH. */
const USUAL_PATH = "/bin:/usr/bin";

/** Where the system looks for a program that is named without a folder; an empty one is the working directory. */
export function foldersOfPath(): string[] {
  return (process.env["PATH"] ?? USUAL_PATH).split(delimiter);
}
