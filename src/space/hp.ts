import { SpaceError } from "../errors.ts";
import { optionsHint } from "./argument-hint.ts";
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
export const hp: Builders = {
  uniform: (...numbers) => checked({ uniform: numbers }),
  quniform: (...numbers) => checked({ quniform: numbers }),
  loguniform: (...numbers) => checked({ loguniform: numbers }),
  qloguniform: (...numbers) => checked({ qloguniform: numbers }),
  uniformint: (...numbers) => checked({ uniformint: numbers }),
  normal: (...numbers) => checked({ normal: numbers }),
  qnormal: (...numbers) => checked({ qnormal: numbers }),
  lognormal: (...numbers) => checked({ lognormal: numbers }),
  qlognormal: (...numbers) => checked({ qlognormal: numbers }),
  randint: (...bounds: RandintNode["randint"]) => checked({ randint: bounds }),
  choice: (...given) => checked({ choice: onlyList("choice", given) }),
  pchoice: (...given) => checked({ pchoice: onlyList("pchoice", given) }),
};

/** One for each kind of node. */
interface Builders {
  /** A real number in [low, high]. */
  uniform(low: number, high: number): UniformNode;
  /** A multiple of `q` in [low, high], all equally likely. */
  quniform(low: number, high: number, q: number): QuniformNode;
  /** A real number in [low, high], uniform in its logarithm. `low > 0`; bounds are natural values. */
  loguniform(low: number, high: number): LoguniformNode;
  /** A multiple of `q` in [low, high], with the mass that its cell has under a uniform logarithm. `low > 0`. */
  qloguniform(low: number, high: number, q: number): QloguniformNode;
  /** An integer in [low, high], both ends included, all equally likely. Ordered: neighbours are taken as alike. */
  uniformint(low: number, high: number): UniformintNode;
  /** A real number, normally distributed. `sigma > 0`. */
  normal(mu: number, sigma: number): NormalNode;
  /** A multiple of `q`, the normal draw rounded to it. */
  qnormal(mu: number, sigma: number, q: number): QnormalNode;
  /** A positive number whose natural logarithm is normal with `mu` and `sigma` (both in log units). */
  lognormal(mu: number, sigma: number): LognormalNode;
  /** A multiple of `q`, 0 included, the log-normal draw rounded to it. */
  qlognormal(mu: number, sigma: number, q: number): QlognormalNode;
  /** An integer in [0, upper) or [low, upper), without order: for ids and seeds. For ordered ones, `uniformint`. */
  randint(upper: number): RandintNode;
  randint(low: number, upper: number): RandintNode;
  /** One of the options, all equally likely. An option may hold nodes, which are active only when it is chosen. */
  choice<const O extends readonly Space[]>(options: O & NotEmpty<O>): ChoiceNode<O>;
  /** One of the options by probability, as [probability, option] pairs. Probabilities sum to 1. */
  pchoice<const O extends readonly (readonly [number, Space])[]>(options: O & NotEmpty<O>): PchoiceNode<O>;
}

/** Refuses `[]`, and the compiler shows the text. Of a list that is made at run time only the call itself tells. */
type NotEmpty<O extends readonly unknown[]> = O extends readonly [] ? "at least one option" : unknown;

/** The one argument of a choice. Further ones would be left out without a word. @throws SpaceError */
function onlyList<O>(kind: "choice" | "pchoice", given: readonly [O]): O {
  const all: readonly unknown[] = given; // a caller without types gives any number
  if (all.length <= 1 && typeof given[0] !== "string") return given[0];
  const items = kind === "choice" ? "options" : "[probability, option] pairs";
  throw new SpaceError("", `${kind} of one list of ${items}`, given, optionsHint(kind, given));
}

function checked<N extends SpaceNode>(node: N): N {
  distributionOf(node, "");
  return Object.freeze(node);
}
