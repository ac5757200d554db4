import picocolors from "picocolors";

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Colours for one stream. NO_COLOR, then FORCE_COLOR decide; else a terminal that is not dumb has them. */
function colorsFor(stream: NodeJS.WriteStream): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return picocolors.createColors(false);
  if (FORCE_COLOR) return picocolors.createColors(FORCE_COLOR !== "0");
  return picocolors.createColors(stream.isTTY === true && TERM !== "dumb");
}

/** For what goes to stdout. */
export const out: Colors = colorsFor(process.stdout);

/** For what goes to stderr. */
export const err: Colors = colorsFor(process.stderr);
