import { getMaxListeners, setMaxListeners } from "node:events";

/**
 * Calls back once when a signal of the caller's is aborted. A program may run any number of studies on one signal: these
 * listeners count for none of those beyond which Node warns of a leak.
 *
 * @returns ends it
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined) return () => undefined;
  makeRoom(signal, 1);
  signal.addEventListener("abort", listener, { once: true });
  return () => {
    signal.removeEventListener("abort", listener);
    makeRoom(signal, -1);
  };
}

function makeRoom(signal: AbortSignal, listeners: number): void {
  const most = getMaxListeners(signal);
  if (most > 0) setMaxListeners(most + listeners, signal); // 0 is no limit
}
