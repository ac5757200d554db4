import { execFileSync } from "node:child_process";

/** A GPU of this machine. */
export interface Gpu {
  /** As CUDA counts them by default. */
  readonly index: string;
  /** `GPU-...` */
  readonly uuid: string;
  readonly name: string;
}

/** The GPUs that the NVIDIA driver shows; none where there is no driver. */
export function listGpus(): readonly Gpu[] {
  try {
    const args = ["--query-gpu=index,uuid,name", "--format=csv,noheader"];
    const text = execFileSync("nvidia-smi", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const rows = text.split("\n").filter((line) => line.trim() !== "");
    return rows.map((row) => {
      const [index = "", uuid = "", name = ""] = row.split(",").map((cell) => cell.trim());
      return { index, uuid, name };
    });
  } catch {
    return [];
  }
}
