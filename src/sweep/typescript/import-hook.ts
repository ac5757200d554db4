import module from "node:module";

/**
 * Prepares a hook of Node's `resolve`.
 *
 * @param source of a module that exports it: on some versions it runs in a thread of its own
 * @returns what begins it: hooks are asked last one first
 */
export async function addHook(source: string): Promise<() => void> {
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  const since: { readonly registerHooks?: unknown } & typeof module = module;
  const { registerHooks } = since;
  // Hooks of a thread of their own are asked after those of the importing thread, which Node has since 22.15.
  if (typeof registerHooks !== "function") return () => module.register(url);
  const hooks = await import(url);
  return () => registerHooks(hooks);
}
