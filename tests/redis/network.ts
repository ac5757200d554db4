import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

interface Passage {
  readonly client: Socket;
  readonly server: Socket;
  isSilent: boolean;
}

/** A way to a server of this machine on which connections can go bad. It ends with its test. */
export class Network {
  readonly #target: number;
  readonly #door: Server = createServer((client) => this.#enter(client));
  readonly #passages = new Set<Passage>();
  #silencing: RegExp | null = null;

  /** @param target port of the server */
  static async to(target: number): Promise<Network> {
    const network = new Network(target);
    network.#door.listen(0, "127.0.0.1");
    await once(network.#door, "listening");
    onTestFinished(() => network.#end());
    return network;
  }

  private constructor(target: number) {
    this.#target = target;
  }

  get port(): number {
    const { port } = this.#door.address() as AddressInfo; // a server that listens on a port has one
    return port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** How many connections there are. */
  get size(): number {
    return this.#passages.size;
  }

  /** On all connections nothing arrives any more in either direction, though they stay open; new ones are good. */
  silence(): void {
    for (const passage of this.#passages) passage.isSilent = true;
  }

  /** A connection falls silent as soon as a client says something of this kind, until `heal`. */
  silenceFrom(said: RegExp): void {
    this.#silencing = said;
  }

  /** Connections that begin from now on are good. */
  heal(): void {
    this.#silencing = null;
  }

  /** Ends all connections by a reset. */
  cut(): void {
    for (const { client } of this.#passages) client.resetAndDestroy();
  }

  /** Says something to all clients that the server never said. */
  say(text: string): void {
    for (const { client } of this.#passages) client.write(text);
  }

  #enter(client: Socket): void {
    const server = connect(this.#target, "127.0.0.1");
    const passage = { client, server, isSilent: false };
    this.#passages.add(passage);
    client.on("data", (said) => {
      passage.isSilent ||= this.#silencing?.test(said.toString("latin1")) === true;
      if (!passage.isSilent) server.write(said);
    });
    server.on("data", (said) => {
      if (!passage.isSilent) client.write(said);
    });
    const leave = (): void => {
      this.#passages.delete(passage);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", () => {}).on("close", leave);
  }

  async #end(): Promise<void> {
    this.cut();
    this.#door.close();
    await once(this.#door, "close");
  }
}
