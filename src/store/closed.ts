import { ParzenError } from "../errors.ts";

/** What every call of a store throws once this process has closed it. Waiting for it is of no use. */
export class StoreClosed extends ParzenError {
  constructor(location: string) {
    super("STORE_UNAVAILABLE", `the store ${location} is closed`);
    this.name = "ParzenError"; // as of every other error of that code
  }
}
