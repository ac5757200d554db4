import type {
  ChoiceNode,
  LognormalNode,
  LoguniformNode,
  NormalNode,
  PchoiceNode,
  QlognormalNode,
  QloguniformNode,
  QnormalNode,
  QuniformNode,
  RandintNode,
  Space,
  SpaceNode,
  UniformintNode,
  UniformNode,
} from "./node.ts";
import { distributionOf } from "./node-distribution.ts";

/**
 * The vocabulary of search spaces. Every builder checks its arguments and throws `SpaceError`.
 *
 * It is Hyperopt's, with two differences: bounds of log kinds are natural values, not logarithms; and quantized kinds
 * stay inside their bounds with every grid value (a multiple of `q`) having its fair mass.
 */
export const hp = {
  /** A real number in [low, high]. */
  uniform(low: number, high: number): UniformNode {
    return checked({ uniform: [low, high] });
  },
  /** A multiple of `q` in [low, high], all equally likely. */
  quniform(low: number, high: number, q: number): QuniformNode {
    return checked({ quniform: [low, high, q] });
  },
  /** A real number in [low, high], uniform in its logarithm. `low > 0`; bounds are natural values. */
  loguniform(low: number, high: number): LoguniformNode {
    return checked({ loguniform: [low, high] });
  },
  /** A multiple of `q` in [low, high], with the mass that its cell has under a uniform logarithm. `low > 0`. */
  qloguniform(low: number, high: number, q: number): QloguniformNode {
    return checked({ qloguniform: [low, high, q] });
  },
  /** An integer in [low, high], both ends included, all equally likely. Ordered: neighbours are taken as alike. */
  uniformint(low: number, high: number): UniformintNode {
    return checked({ uniformint: [low, high] });
  },
  /** A real number, normally distributed. `sigma > 0`. */
  normal(mu: number, sigma: number): NormalNode {
    return checked({ normal: [mu, sigma] });
  },
  /** A multiple of `q`, the normal draw rounded to it. */
  qnormal(mu: number, sigma: number, q: number): QnormalNode {
    return checked({ qnormal: [mu, sigma, q] });
  },
  /** A positive number whose natural logarithm is normal with `mu` and `sigma` (both in log units). */
  lognormal(mu: number, sigma: number): LognormalNode {
    return checked({ lognormal: [mu, sigma] });
  },
  /** A multiple of `q`, 0 included, the log-normal draw rounded to it. */
  qlognormal(mu: number, sigma: number, q: number): QlognormalNode {
    return checked({ qlognormal: [mu, sigma, q] });
  },
  /** An integer in [0, upper) or [low, upper), without order: for ids and seeds. For ordered ones, `uniformint`. */
  randint: ((...bounds: RandintNode["randint"]) => checked({ randint: bounds })) as Randint, // its two ways of being called
  /** One of the options, all equally likely. An option may hold nodes, which are active only when it is chosen. */
  choice<const O extends readonly Space[]>(options: O & NotEmpty<O>): ChoiceNode<O> {
    return checked({ choice: options });
  },
  /** One of the options by probability, as [probability, option] pairs. Probabilities sum to 1. */
  pchoice<const O extends readonly (readonly [number, Space])[]>(options: O & NotEmpty<O>): PchoiceNode<O> {
    return checked({ pchoice: options });
  },
} as const;

/** Refuses `[]`, and the compiler shows the text. Of a list that is made at run time only the call itself tells. */
type NotEmpty<O extends readonly unknown[]> = O extends readonly [] ? "at least one option" : unknown;

interface Randint {
  (upper: number): RandintNode;
  (low: number, upper: number): RandintNode;
}

function checked<N extends SpaceNode>(node: N): N {
  distributionOf(node, "");
  return Object.freeze(node);
}
