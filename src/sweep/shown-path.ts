import { isAbsolute, relative, sep } from "node:path";

/** A path as messages show it: relative to the working directory where it lies inside, else absolute. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? file : path;
}

/** `file` seen from `folder`, with slashes on every platform. */
export function portablePath(folder: string, file: string): string {
  return relative(folder, file).split(sep).join("/");
}
