import { loadTensorFlow } from "../tensorflow.ts";
import { activateEngine } from "./activate-engine.ts";
import type { Backend } from "./backend.ts";
import { importPeer, requirePeer } from "./peer.ts";

/** The part of Dawn's Node binding, the optional peer `webgpu`, that is used here. */
interface Dawn {
  create(options: readonly string[]): { requestAdapter(options: object): Promise<Adapter | null> };
  readonly globals: object;
}

interface Adapter {
  readonly info: {
    readonly architecture: string;
    readonly device: string;
    readonly description: string;
    readonly isFallbackAdapter?: boolean;
  };
}

/** A GPU over Vulkan, Metal or Direct3D 12, by the optional peers `webgpu` and `@tensorflow/tfjs-backend-webgpu`. */
export const webgpuBackend: Backend = {
  name: "webgpu",
  async activate() {
    // The package's own types describe a browser.
    const dawn = (await importPeer("webgpu")) as Dawn;
    const gpu = dawn.create([]);
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (adapter === null) throw new Error("no Vulkan, Metal or Direct3D 12 adapter");
    if (isSoftware(adapter) && !isSoftwareAllowed()) {
      throw new Error(`only a software adapter (${adapter.info.description}), slower than wasm`);
    }
    Object.assign(globalThis, dawn.globals);
    Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true, writable: true });
    const tf = loadTensorFlow();
    requirePeer("@tensorflow/tfjs-backend-webgpu");
    await activateEngine(tf, "webgpu");
    return tf;
  },
};

function isSoftware({ info }: Adapter): boolean {
  const words = [info.architecture, info.device, info.description].join(" ");
  return info.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|software/i.test(words);
}

/** Computing on a processor what is meant for a GPU tests that path where there is none. It is no way to train. */
function isSoftwareAllowed(): boolean {
  return process.env["PARZEN_SOFTWARE_GPU"] === "1";
}
