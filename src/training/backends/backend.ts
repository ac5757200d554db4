import type { TensorFlow } from "../tensorflow.ts";

/** What may compute, fastest first: the order in which they are tried. */
export const BACKENDS = ["node-gpu", "node", "webgpu", "wasm", "cpu"] as const;

/** One of the backends by name. */
export type BackendName = (typeof BACKENDS)[number];

/** A way to compute, before it was tried. */
export interface Backend {
  readonly name: BackendName;
  /**
   * Makes it the engine's active backend.
   *
   * @throws Error whose message is the reason for the refusal
   */
  activate(): Promise<TensorFlow>;
}

/** A backend that was tried and not taken. */
export interface Refusal {
  readonly backend: BackendName;
  /** One line. */
  readonly reason: string;
}

/** The backend that passed the self-test, and what was refused before it. */
export interface LoadedBackend {
  readonly name: BackendName;
  readonly tf: TensorFlow;
  /** What was tried before it, in order. */
  readonly refused: readonly Refusal[];
  /** Milliseconds that loading took, refused ones and self-test included. */
  readonly ms: number;
}

/** Whether a text names a backend. */
export function isBackendName(text: string): text is BackendName {
  return (BACKENDS as readonly string[]).includes(text);
}
