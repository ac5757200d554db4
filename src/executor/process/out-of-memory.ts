import { readFileSync } from "node:fs";

/**
 * How many processes the kernel has killed for memory, on this machine and in this process's control group; null where
 * the system does not tell. A rise while a process was killed says why.
 *
 * @source proc_vmstat(5) oom_kill; the kernel's cgroup-v2.rst, memory.events
 */
export function countMemoryKills(): number | null {
  const counts = [read("/proc/vmstat"), read(eventsOfGroup())].flatMap((text) => {
    const count = /^oom_kill (\d+)$/m.exec(text)?.[1];
    return count === undefined ? [] : [Number(count)];
  });
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

function eventsOfGroup(): string {
  const group = /^0::(.*)$/m.exec(read("/proc/self/cgroup"))?.[1];
  return `/sys/fs/cgroup${group === undefined || group === "/" ? "" : group}/memory.events`;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
