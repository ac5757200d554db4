import { stripVTControlCharacters } from "node:util";
import { onTestFinished, vi } from "vitest";

/** Keeps what this process says on stderr until the test ends, instead of saying it. @returns what it has said */
export function keepSaid(): () => string {
  let said = "";
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += stripVTControlCharacters(String(text));
    return true;
  });
  onTestFinished(() => write.mockRestore());
  return () => said;
}
