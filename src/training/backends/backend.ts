import type { TensorFlow } from "../tensorflow.ts";

/** What may compute, fastest first: the order in which they are tried. */
export const BACKENDS = ["node-gpu", "node", "webgpu", "wasm", "cpu"] as const;

export type BackendName = (typeof BACKENDS)[number];

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

export interface LoadedBackend {
  readonly name: BackendName;
  readonly tf: TensorFlow;
  /** What was tried before it, in order. */
  readonly refused: readonly Refusal[];
  /** How long loading took, refused ones and self-test included. */
  readonly ms: number;
}

export function isBackendName(text: string): text is BackendName {
  return (BACKENDS as readonly string[]).includes(text);
}
