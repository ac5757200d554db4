import { isParzenError, ParzenError } from "../errors.ts";

/** What every call of a store throws once this process has closed it. Waiting for it is of no use. */
export class StoreClosed extends ParzenError {
  constructor(location: string) {
    super("STORE_UNAVAILABLE", `the store ${location} is closed`);
    this.name = "ParzenError"; // as of every other error of that code
  }

  get isClosed(): true {
    return true;
  }
}

/** Whether a store was closed; also one of another copy of the package. */
export function isStoreClosed(error: unknown): boolean {
  return isParzenError(error) && "isClosed" in error;
}
