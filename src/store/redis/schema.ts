import { ParzenError } from "../../errors.ts";
import { corrupt } from "./rows/stored-json.ts";
import type { Keys } from "./server/keys.ts";
import type { Server } from "./server/server.ts";

/** Version of the layout of the keys. The first study writes it; every later version reads all earlier ones. */
export const SCHEMA = 1;

/** @throws STORE_NEWER, STORE_CORRUPT */
export async function checkSchema(server: Server, keys: Keys): Promise<void> {
  const stored = await server.answered(server.client.get(keys.schema));
  if (stored === null) return;
  if (!/^[1-9]\d{0,8}$/.test(stored)) throw corrupt(keys.schema, `"${stored.slice(0, 40)}", which is no version`);
  if (Number(stored) <= SCHEMA) return;
  const has = `has schema version ${stored}, and this parzen knows up to version ${SCHEMA}`;
  throw new ParzenError("STORE_NEWER", `the store ${server.location} ${has}`, {
    hint: "Update parzen to the version that wrote it: npm install parzen@latest",
  });
}
