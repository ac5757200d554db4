/** What `act` throws; an error of its own where it throws nothing. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** What the promise of `act` is rejected with. */
export async function rejectionOf(act: () => Promise<unknown>): Promise<unknown> {
  const settled = await act().then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (settled === null) throw new Error("nothing was thrown");
  return settled.error;
}
