const START_OF_SCAN = 0xda;
const ADOBE = 0xee;
/** Of Adobe's segment, behind its length: "Adobe", a version and two flags come before the transform. */
const TRANSFORM = 11;

/**
 * Whether a JPEG says that its samples were not transformed: they are red, green and blue, or inks, as they stand. Unless
 * it is told so, the decoder takes red, green and blue for luminance and two chrominances.
 *
 * @source Adobe Technical Note 5116 (1992), section 18: transform 0
 */
export function areColoursPlain(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 + TRANSFORM < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1];
    if (marker === START_OF_SCAN) return false;
    const segment = bytes.subarray(at + 4);
    if (marker === ADOBE && isAdobe(segment)) return segment[TRANSFORM] === 0;
  }
  return false;
}

function isAdobe(segment: Uint8Array): boolean {
  return Buffer.from(segment.subarray(0, 5)).toString("latin1") === "Adobe";
}
