import { didYouMean, ParzenError, show, thrownMessage } from "../../errors.ts";
import { checkNames } from "../../trial/option-check.ts";
import {
  BACKENDS,
  type Backend,
  type BackendName,
  isBackendName,
  type LoadedBackend,
  type Refusal,
} from "./backend.ts";
import { cpuBackend } from "./cpu.ts";
import { hasEngine, takeEngine } from "./engine-of.ts";
import { nodeBackend, nodeGpuBackend } from "./native.ts";
import { selfTest } from "./self-test.ts";
import { wasmBackend } from "./wasm.ts";
import { webgpuBackend } from "./webgpu.ts";

const CANDIDATES: { readonly [N in BackendName]: Backend } = {
  "node-gpu": nodeGpuBackend,
  node: nodeBackend,
  webgpu: webgpuBackend,
  wasm: wasmBackend,
  cpu: cpuBackend,
};

/** Which backend is wanted. */
export interface LoadOptions {
  /** A name forces that backend: there is no fallback. Default: the variable PARZEN_BACKEND, else "auto". */
  readonly prefer?: BackendName | "auto" | undefined;
}

/** What the engine computes on since it was loaded. */
interface Active {
  readonly wanted: string;
  readonly loaded: LoadedBackend;
}

/** What the last load came to; null where it failed. The engine is one for the process, so loads wait for each other. */
let last: Promise<Active | null> = Promise.resolve(null);

/**
 * Loads TensorFlow.js on the fastest backend that works here and computes gradients rightly. Repeated calls give the
 * one that is loaded; a call that wants another, or comes after something else has switched the engine, switches the
 * whole process.
 *
 * @throws ParzenError NO_BACKEND where the forced one, or none at all, is accepted; OPTION_INVALID for an unknown name
 */
export function loadBackend(options: LoadOptions = {}): Promise<LoadedBackend> {
  const wanted = wantedName(options);
  const next = last.then((active) => (active !== null && serves(active, wanted) ? active : load(wanted)));
  last = next.catch(() => null);
  return next.then(({ loaded }) => loaded);
}

function serves({ wanted, loaded }: Active, name: string): boolean {
  return wanted === name && hasEngine(loaded.tf);
}

/** Refuses a name that no backend has, without loading any. @throws ParzenError OPTION_INVALID */
export function checkBackendName(options: LoadOptions = {}): void {
  checked(wantedName(options));
}

function wantedName(options: LoadOptions): string {
  checkNames(options, ["prefer"]);
  const { prefer } = options;
  return prefer ?? (process.env["PARZEN_BACKEND"] || "auto");
}

/** One line of `parzen doctor`. */
export interface BackendDescription {
  readonly backend: BackendName;
  /** Null where it works and passed its self-test. */
  readonly refused: string | null;
  /** Milliseconds that trying it took. */
  readonly ms: number;
}

/** Tries every backend, whatever is forced, in the order of preference: the first without a refusal is the default. */
export function describeBackends(): Promise<readonly BackendDescription[]> {
  const described = last.then(describeEach);
  last = described.then(() => null);
  return described;
}

async function describeEach(): Promise<readonly BackendDescription[]> {
  const descriptions: BackendDescription[] = [];
  for (const backend of BACKENDS) {
    const start = performance.now();
    const attempt = await attemptBackend(CANDIDATES[backend]);
    descriptions.push({ backend, refused: attempt.refused, ms: performance.now() - start });
  }
  return descriptions;
}

async function load(name: string): Promise<Active> {
  const start = performance.now();
  const wanted = checked(name);
  const refused: Refusal[] = [];
  for (const candidate of wanted === "auto" ? BACKENDS : [wanted]) {
    const { tf, refused: reason } = await attemptBackend(CANDIDATES[candidate]);
    if (reason === null) {
      takeEngine(tf); // a training may have taken it meanwhile
      return { wanted: name, loaded: { name: candidate, tf, refused, ms: performance.now() - start } };
    }
    refused.push({ backend: candidate, reason });
  }
  throw noBackend(wanted, refused);
}

type Attempt =
  | { readonly refused: null; readonly tf: LoadedBackend["tf"] }
  | { readonly refused: string; readonly tf: null };

async function attemptBackend(backend: Backend): Promise<Attempt> {
  try {
    const tf = await backend.activate();
    const wrong = await selfTest(tf);
    return wrong === null ? { refused: null, tf } : { refused: wrong, tf: null };
  } catch (error) {
    return { refused: firstLine(error), tf: null };
  }
}

function firstLine(error: unknown): string {
  const line = thrownMessage(error).trim().split("\n")[0] ?? "";
  return line.slice(0, 200);
}

function checked(name: string): BackendName | "auto" {
  if (name === "auto" || isBackendName(name)) return name;
  const known = ["auto", ...BACKENDS];
  throw new ParzenError(
    "OPTION_INVALID",
    `backend: expected one of ${known.join(", ")}, received ${show(name)}${didYouMean(name, known)}`,
    { hint: "Set the option or PARZEN_BACKEND to one of these." },
  );
}

function noBackend(wanted: BackendName | "auto", refused: readonly Refusal[]): ParzenError {
  const reasons = refused.map(({ backend, reason }) => `${backend}: ${reason}`).join("; ");
  return wanted === "auto"
    ? new ParzenError("NO_BACKEND", `no TensorFlow.js backend works here (${reasons})`, {
        hint: "`parzen doctor` tries each backend and shows what it lacks.",
      })
    : new ParzenError("NO_BACKEND", `the backend that was asked for does not work here (${reasons})`, {
        hint: "Take the option or PARZEN_BACKEND away to let the fastest working backend be chosen.",
      });
}
