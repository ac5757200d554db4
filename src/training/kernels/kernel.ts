import type { DataType, KernelFunc, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../tensorflow.ts";

/**
 * A kernel of ours for the wasm backend, one file each. What the backend has, but slowly or wrongly, is replaced; what
 * it lacks is added.
 */
export interface TrainingKernel {
  /** Name of the kernel in TensorFlow.js. */
  readonly name: string;
  /** @param stock the backend's own kernel, null where it has none */
  build(tf: TensorFlow, stock: KernelFunc | null): KernelFunc;
}

/** A tensor's values where they lie. */
export type HeapValues = Float32Array | Int32Array | Uint8Array;

/** What kernels use of the wasm backend; the engine types backends as bare objects. */
export interface WasmBackend {
  makeOutput(shape: readonly number[], dtype: DataType, offset?: undefined, values?: ArrayLike<unknown>): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): HeapValues;
  readSync(dataId: object): ArrayLike<unknown>;
  disposeData(dataId: object): unknown;
}

/** The inputs that a kernel names, all of which it is given. */
type Operands<Inputs> = { readonly [Name in keyof Inputs]: TensorInfo };

/** One call of a kernel. What it allocates or lets others compute is freed when it ends, unless it is the result. */
export interface KernelCall<Inputs, Attributes> {
  readonly tf: TensorFlow;
  readonly inputs: Operands<Inputs>;
  readonly attributes: Attributes;
  /** Calls another kernel of the backend. */
  run(name: string, inputs: NamedTensorInfoMap, attributes: object): TensorInfo;
  /** Calls the backend's own kernel of the same name. */
  stock(inputs: Operands<Inputs>, attributes: Attributes): TensorInfo;
  /** A new tensor, its values not yet written. */
  allocate(shape: readonly number[], dtype?: DataType): TensorInfo;
  /** A view on a tensor's values, void once anything else is allocated, as the heap may move then. */
  values(tensor: TensorInfo): HeapValues;
  /** The same of a float32 tensor. */
  floats(tensor: TensorInfo): Float32Array;
}

/** A kernel with one output; inputs and attributes have the types that TensorFlow.js declares for its name. */
export function trainingKernel<Inputs extends NamedTensorInfoMap, Attributes extends object>(
  name: string,
  compute: (call: KernelCall<Inputs, Attributes>) => TensorInfo,
): TrainingKernel {
  return {
    name,
    build: (tf, stock) => (args) => {
      // The registry types what it hands on for all kernels at once; the kernel's name says what it is.
      const [backend, inputs, attributes] = [
        args.backend as WasmBackend,
        args.inputs as Operands<Inputs>,
        args.attrs as Attributes,
      ];
      const made: TensorInfo[] = [];
      const keep = (tensor: TensorInfo): TensorInfo => {
        made.push(tensor);
        return tensor;
      };
      const call = (kernel: KernelFunc, given: NamedTensorInfoMap, attrs: object): TensorInfo =>
        keep(single(kernel({ inputs: given, backend, attrs: { ...attrs } })));
      const result = compute({
        tf,
        inputs,
        attributes,
        run: (other, given, attrs) => call(tf.getKernel(other, "wasm").kernelFunc, given, attrs),
        stock: (given, attrs) => call(existing(stock, name), given, attrs),
        allocate: (shape, dtype = "float32") => keep(backend.makeOutput(shape, dtype)),
        values: (tensor) => backend.typedArrayFromHeap(tensor),
        floats: (tensor) => floats(backend.typedArrayFromHeap(tensor)),
      });
      for (const tensor of made) if (tensor !== result) backend.disposeData(tensor.dataId);
      return result;
    },
  };
}

/** The output of a kernel that has one. */
export function single(output: TensorInfo | TensorInfo[]): TensorInfo {
  if (Array.isArray(output)) throw new Error(`a kernel gave ${output.length} outputs instead of one`);
  return output;
}

function existing(stock: KernelFunc | null, name: string): KernelFunc {
  if (stock === null) throw new Error(`the wasm backend has no ${name} kernel of its own`);
  return stock;
}

function floats(values: HeapValues): Float32Array {
  if (!(values instanceof Float32Array))
    throw new Error(`expected float32 values, received ${values.constructor.name}`);
  return values;
}
