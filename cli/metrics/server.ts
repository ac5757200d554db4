import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ParzenError } from "../../src/errors.ts";

const HOST = "127.0.0.1";
const TEXT = "text/plain; version=0.0.4; charset=utf-8";

/** Gives what is to be shown, in the Prometheus text format. */
export type Collect = () => Promise<string>;

/** Serves metrics at `/metrics`, to this machine only. */
export class MetricsServer {
  readonly #server: Server;
  #collect: Collect | null = null;

  /**
   * Takes the port; what is shown there comes with `show`.
   *
   * @param port 0 lets the system choose
   * @throws OPTION_INVALID where the port is taken, or not for this user
   */
  static async listen(port: number): Promise<MetricsServer> {
    const server = createServer();
    server.listen(port, HOST);
    try {
      await once(server, "listening");
    } catch (error) {
      throw portRefused(port, error);
    }
    return new MetricsServer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", ({ method, url }, response) => {
      if (url?.split("?")[0] !== "/metrics") answer(response, 404, "see /metrics\n");
      else if (method !== "GET" && method !== "HEAD") answer(response, 405, "GET only\n");
      else void this.#show(response);
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo; // a server that listens on a port has one
    return `http://${HOST}:${port}/metrics`;
  }

  show(collect: Collect): void {
    this.#collect = collect;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #show(response: ServerResponse): Promise<void> {
    if (this.#collect === null) return answer(response, 503, "not yet\n");
    try {
      answer(response, 200, await this.#collect());
    } catch {
      answer(response, 500, "the metrics cannot be collected\n");
    }
  }
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": TEXT }).end(text);
}

function portRefused(port: number, cause: unknown): ParzenError {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  const why = code === "EADDRINUSE" ? "is taken" : code === "EACCES" ? "is not for this user" : "cannot be opened";
  return new ParzenError("OPTION_INVALID", `--metrics-port: port ${port} of ${HOST} ${why}`, {
    hint: "Take another port; with 0 the system chooses a free one and it is printed",
    cause,
  });
}
