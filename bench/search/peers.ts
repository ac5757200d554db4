import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Asked, Optimizer, Problem, Search } from "./optimizer.ts";
import type { Config } from "./task.ts";

/** Optuna with its default TPE, with its multivariate one and with its Gaussian process; Hyperopt's TPE. */
export const PEERS: readonly string[] = ["optuna", "optuna-multivariate", "optuna-gp", "hyperopt"];

/** Peers by what is written on the command line. @throws where one is none */
export function peersIn(text: string): readonly string[] {
  const names = text.split(",");
  const stray = names.find((name) => !PEERS.includes(name));
  if (stray !== undefined) throw new Error(`--peers ${stray}: expected some of ${PEERS.join(",")}`);
  return names;
}

/** A search that can be told results from elsewhere before it begins. */
export interface PeerSearch extends Search {
  add(config: Config, loss: number): Promise<void>;
}

/** A peer in its own Python process, asked and told over its standard streams. */
export interface Peer extends Optimizer {
  begin(problem: Problem): Promise<PeerSearch>;
}

interface Answer {
  readonly version?: string;
  readonly missing?: string;
}

/** Starts a peer. What is missing, where that Python does not have it. */
export async function startPeer(python: string, peer: string): Promise<Peer | { readonly missing: string }> {
  const process = new PythonProcess(python);
  const begin = (problem: Problem) =>
    process.call<Answer>({ do: "begin", peer, space: problem.space, seed: problem.seed });
  const probe = { space: [{ name: "x", type: "float", low: 0, high: 1 }], seed: 0, inFlight: 1 } as const;
  const { version, missing } = await begin(probe).catch((error: Error): Answer => ({ missing: error.message }));
  if (missing !== undefined) {
    process.end();
    return { missing };
  }
  return {
    name: `${peer} ${version}`,
    version: version ?? "",
    async begin(problem) {
      await begin(problem);
      return searchOf(process);
    },
    close: async () => process.end(),
  };
}

function searchOf(process: PythonProcess): PeerSearch {
  return {
    ask: () => process.call<Asked>({ do: "ask" }),
    async tell(id, loss) {
      await process.call({ do: "tell", id, loss });
    },
    async add(config, loss) {
      await process.call({ do: "add", config, loss });
    },
    close: async () => {},
  };
}

/** Takes one call at a time. */
class PythonProcess {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #failed: Promise<never>;

  constructor(python: string) {
    const child = spawn(python, [join(import.meta.dirname, "peers.py")], { stdio: ["pipe", "pipe", "inherit"] });
    this.#failed = new Promise((_, reject) => child.once("error", reject));
    this.#failed.catch(() => {});
    child.stdin.on("error", () => {}); // a dead process is reported by its missing answer
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.#child = child;
  }

  /** @throws where the process ends instead of answering */
  async call<A>(message: object): Promise<A> {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
    const answer = await Promise.race([this.#answers.next(), this.#failed]);
    if (answer.done) throw new Error(`${this.#child.spawnargs.join(" ")} ended without an answer`);
    return JSON.parse(answer.value);
  }

  end(): void {
    this.#child.stdin?.end();
  }
}
