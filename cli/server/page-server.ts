import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { ParzenError } from "../../src/errors.ts";

const HOST = "127.0.0.1";
/** By these names a browser or a scraper of this machine asks; any other is a page elsewhere that had it ask. */
const OWN_NAMES = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/** What is shown, and where. */
export interface Page {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly path: string;
  /** Its type, and whatever else is said of it. */
  readonly headers: OutgoingHttpHeaders;
  /** The option that named the port, for messages. */
  readonly option: string;
}

/** Gives what is to be shown. */
export type Collect = () => Promise<string>;

/** Serves one page, to this machine only. */
export class PageServer {
  readonly #server: Server;
  readonly #page: Page;
  #collect: Collect | null = null;

  /**
   * Takes the port; what is shown there comes with `show`.
   *
   * @throws OPTION_INVALID where the port is taken, or not for this user
   */
  static async listen(page: Page): Promise<PageServer> {
    const server = createServer();
    server.listen(page.port, HOST);
    try {
      await once(server, "listening");
    } catch (error) {
      throw portRefused(page, error);
    }
    return new PageServer(server, page);
  }

  private constructor(server: Server, page: Page) {
    this.#server = server;
    this.#page = page;
    server.on("request", (request, response) => void this.#answer(request, response));
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo; // a server that listens on a port has one
    return `http://${HOST}:${port}${this.#page.path}`;
  }

  show(collect: Collect): void {
    this.#collect = collect;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer({ method, url, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number, text: string): void => {
      response.writeHead(status, { ...this.#page.headers, "content-type": "text/plain; charset=utf-8" }).end(text);
    };
    if (!OWN_NAMES.test(headers.host ?? HOST)) return refuse(403, `ask for ${this.url}\n`);
    if (url?.split("?")[0] !== this.#page.path) return refuse(404, `see ${this.#page.path}\n`);
    if (method !== "GET" && method !== "HEAD") return refuse(405, "GET only\n");
    if (this.#collect === null) return refuse(503, "not yet\n");
    try {
      const text = await this.#collect();
      response.writeHead(200, this.#page.headers).end(text);
    } catch {
      refuse(500, "it cannot be collected just now\n");
    }
  }
}

function portRefused({ port, option }: Page, cause: unknown): ParzenError {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  const why = code === "EADDRINUSE" ? "is taken" : code === "EACCES" ? "is not for this user" : "cannot be opened";
  return new ParzenError("OPTION_INVALID", `${option}: port ${port} of ${HOST} ${why}`, {
    hint: "Take another port; with 0 the system chooses a free one and it is printed",
    cause,
  });
}
