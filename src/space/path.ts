/** The path of what stands under `key` in what stands at `path`; the root is at "". */
export function joinPath(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
