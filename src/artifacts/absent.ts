/** What reading a file or folder gives; null where it is not there. */
export function absentAsNull<T>(reading: Promise<T>): Promise<T | null> {
  return nullFor(["ENOENT"], reading);
}

/** What reading a trial's folder gives; null where it is not there, or a program made a file of it. */
export function noFolderAsNull<T>(reading: Promise<T>): Promise<T | null> {
  return nullFor(["ENOENT", "ENOTDIR"], reading);
}

async function nullFor<T>(codes: readonly string[], reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isErrorOf(codes, error)) return null;
    throw error;
  }
}

/** Whether the system refused something with one of these codes. */
export function isErrorOf(codes: readonly string[], error: unknown): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
