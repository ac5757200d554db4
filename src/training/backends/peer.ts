import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const WEBGPU = "webgpu@0.6.2 @tensorflow/tfjs-backend-webgpu@4.22.0";

/** What to install for each optional peer, in the versions that were tried. */
const INSTALLED_BY: { readonly [peer: string]: string } = {
  "@tensorflow/tfjs-node-gpu": "@tensorflow/tfjs-node-gpu@4.22.0",
  "@tensorflow/tfjs-node": "@tensorflow/tfjs-node@4.22.0",
  webgpu: WEBGPU,
  "@tensorflow/tfjs-backend-webgpu": WEBGPU,
};

/**
 * Finds an optional peer: first from the project that the process runs in, then from where this package lies. The two
 * differ when `parzen` is installed globally or linked.
 *
 * @throws Error naming the command that installs it
 */
function resolvePeer(name: string): { readonly require: NodeJS.Require; readonly path: string } {
  for (const from of [pathToFileURL(join(process.cwd(), "package.json")).href, import.meta.url]) {
    const require = createRequire(from);
    try {
      return { require, path: require.resolve(name) };
    } catch {
      // Not there: the next place may have it.
    }
  }
  throw new Error(`${name} is not installed (npm install ${INSTALLED_BY[name] ?? name})`);
}

/** Loads an optional peer by `require`, which also finds the native add-ons beside it. */
export function requirePeer(name: string): unknown {
  const peer = resolvePeer(name);
  return peer.require(peer.path);
}

/** Loads an optional peer that is an ES module. */
export async function importPeer(name: string): Promise<unknown> {
  return await import(pathToFileURL(resolvePeer(name).path).href);
}
