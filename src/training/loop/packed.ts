import { crc32 } from "node:zlib";

/** The arrays that a pack holds as bytes. */
const ARRAYS = { Float32Array, Int32Array, Uint8Array, Float64Array } as const;

type ArrayName = keyof typeof ARRAYS;

/** What stands for an array in the JSON of a pack: its type, where its bytes begin and how many elements it has. */
interface Reference {
  readonly $array: readonly [name: ArrayName, start: number, length: number];
}

/** What stands for a number that JSON does not know. */
interface NotFinite {
  readonly $number: string;
}

/** Bytes before the JSON: its length, and a checksum of that and of all that follows. Arrays begin at multiples of this many. */
const ALIGNMENT = 8;
const CHECKSUM = 4;

/**
 * Plain data with typed arrays in it as bytes: the JSON of the data, then the bytes of its arrays. Every number comes
 * back as it was, NaN and infinities too.
 */
export function pack(value: unknown): Uint8Array {
  const arrays: (readonly [start: number, bytes: Uint8Array])[] = [];
  let end = 0;
  const json = JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "number" && !Number.isFinite(inner)) return { $number: String(inner) } satisfies NotFinite;
    const name = arrayName(inner);
    if (name === null || !ArrayBuffer.isView(inner)) return inner;
    const bytes = new Uint8Array(inner.buffer, inner.byteOffset, inner.byteLength);
    arrays.push([end, bytes]);
    const start = end;
    end = aligned(end + bytes.length);
    return { $array: [name, start, bytes.length / ARRAYS[name].BYTES_PER_ELEMENT] } satisfies Reference;
  });
  const head = new TextEncoder().encode(json);
  const body = aligned(ALIGNMENT + head.length);
  const packed = new Uint8Array(body + end);
  new DataView(packed.buffer).setUint32(0, head.length, true);
  packed.set(head, ALIGNMENT);
  for (const [start, bytes] of arrays) packed.set(bytes, body + start);
  new DataView(packed.buffer).setUint32(CHECKSUM, checksumOf(packed), true);
  return packed;
}

/** What was packed; throws for bytes that are no pack, or a damaged one. */
export function unpack(packed: Uint8Array): unknown {
  const own = packed.slice();
  const view = new DataView(own.buffer);
  if (view.getUint32(CHECKSUM, true) !== checksumOf(own)) throw new Error("the pack is damaged");
  const length = view.getUint32(0, true);
  const body = aligned(ALIGNMENT + length);
  const json = new TextDecoder().decode(own.subarray(ALIGNMENT, ALIGNMENT + length));
  return JSON.parse(json, (_key, inner: unknown) => {
    if (isNotFinite(inner)) return Number(inner.$number);
    if (!isReference(inner)) return inner;
    const [name, start, size] = inner.$array;
    return new ARRAYS[name](own.buffer, body + start, size);
  });
}

function checksumOf(packed: Uint8Array): number {
  return crc32(packed.subarray(ALIGNMENT), crc32(packed.subarray(0, CHECKSUM)));
}

function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "$array" in value;
}

function isNotFinite(value: unknown): value is NotFinite {
  return typeof value === "object" && value !== null && "$number" in value;
}

function arrayName(value: unknown): ArrayName | null {
  const name = Object.prototype.toString.call(value).slice(8, -1);
  return name in ARRAYS ? (name as ArrayName) : null; // just tested
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
