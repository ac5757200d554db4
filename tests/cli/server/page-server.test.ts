import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Page, PageServer } from "../../../cli/server/page-server.ts";

const PAGE: Page = { port: 0, path: "/page", headers: { "content-type": "text/html" }, option: "--port" };

let server: PageServer;

beforeEach(async () => {
  server = await PageServer.listen(PAGE);
});

afterEach(() => server.close());

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly host?: string;
}

/** Status, type and body of an answer. `fetch` would not send the name of another host. */
function ask({ path = "/page", method = "GET", host }: Asked = {}): Promise<readonly [number, string, string]> {
  const headers = host === undefined ? {} : { host };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, server.url), { method, headers }, async (answer) => {
      const body = Buffer.concat(await answer.toArray()).toString();
      resolve([answer.statusCode ?? 0, answer.headers["content-type"] ?? "", body]);
    });
    sent.once("error", reject).end();
  });
}

describe("a page server", () => {
  it("says that there is nothing yet, then shows what there is at each request", async () => {
    expect(await ask()).toEqual([503, "text/plain; charset=utf-8", "not yet\n"]);
    let asked = 0;
    server.show(async () => `<p>${++asked}</p>`);
    expect(await ask({ path: "/page?x=1" })).toEqual([200, "text/html", "<p>1</p>"]);
    expect(await ask()).toEqual([200, "text/html", "<p>2</p>"]);
  });

  it("goes on where the page cannot be made", async () => {
    server.show(() => Promise.reject(new Error("the store is away")));
    expect(await ask()).toEqual([500, "text/plain; charset=utf-8", "it cannot be collected just now\n"]);
    server.show(async () => "there");
    expect(await ask()).toMatchObject([200, {}, "there"]);
  });

  it.each([
    ["another path", { path: "/" }, 404],
    ["another method", { method: "POST" }, 405],
    ["a name that another site gave this machine", { host: "rebound.example:8080" }, 403],
  ])("refuses %s", async (_what, asked, status) => {
    server.show(async () => "there");
    expect((await ask(asked))[0]).toBe(status);
  });

  it.each(["localhost:8080", "127.0.0.1", "[::1]:1"])("answers to %s, as through a tunnel", async (host) => {
    server.show(async () => "there");
    expect((await ask({ host }))[0]).toBe(200);
  });

  it("says which option named a port that is taken", async () => {
    const port = Number(new URL(server.url).port);
    const taken = { code: "OPTION_INVALID", message: `--port: port ${port} of 127.0.0.1 is taken` };
    await expect(PageServer.listen({ ...PAGE, port })).rejects.toMatchObject(taken);
  });
});
