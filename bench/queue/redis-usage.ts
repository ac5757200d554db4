import { Redis } from "ioredis";

/** Seconds of CPU that the server has used. */
export async function redisCpu(port: number): Promise<number> {
  const info = await infoOf(port, "cpu");
  return ["used_cpu_user", "used_cpu_sys"].reduce((sum, name) => sum + Number(info.match(`${name}:([0-9.]+)`)?.[1]), 0);
}

/** Bytes that the server holds now. */
export async function redisMemory(port: number): Promise<number> {
  const info = await infoOf(port, "memory");
  return Number(info.match(/used_memory:(\d+)/)?.[1]);
}

async function infoOf(port: number, section: string): Promise<string> {
  const client = new Redis({ port });
  const info = await client.info(section);
  client.disconnect();
  return info;
}
