import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A GPU of this machine. */
export interface Gpu {
  /** As CUDA counts them. */
  readonly index: number;
  /** `GPU-...`; the same wherever the card is plugged in. */
  readonly uuid: string;
  readonly name: string;
  /** Null where the driver does not tell. */
  readonly memoryMb: number | null;
}

const QUERY = ["--query-gpu=index,uuid,name,memory.total", "--format=csv,noheader,nounits"];

/** How long a driver that hangs is waited for. */
const TIMEOUT_MS = 10_000;

/** The GPUs that the NVIDIA driver shows; none where there is no driver. */
export async function listGpus(): Promise<readonly Gpu[]> {
  try {
    const { stdout } = await promisify(execFile)("nvidia-smi", QUERY, { timeout: TIMEOUT_MS });
    return parseGpuList(stdout);
  } catch {
    return [];
  }
}

/** Lines of `nvidia-smi --query-gpu=index,uuid,name,memory.total --format=csv,noheader,nounits`. */
export function parseGpuList(text: string): readonly Gpu[] {
  return text.split("\n").flatMap((line) => {
    const [index = "", uuid = "", ...rest] = line.split(",").map((cell) => cell.trim());
    if (!/^\d+$/.test(index) || uuid === "") return [];
    const memory = Number(rest.at(-1));
    return [
      {
        index: Number(index),
        uuid,
        name: rest.slice(0, -1).join(", "),
        memoryMb: Number.isFinite(memory) ? memory : null,
      },
    ];
  });
}
