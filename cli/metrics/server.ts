import { PageServer } from "../server/page-server.ts";

/** Takes the port of `--metrics-port` for a page in the Prometheus text format. @throws OPTION_INVALID where it cannot */
export function listenForScrapes(port: number): Promise<PageServer> {
  const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8" };
  return PageServer.listen({ port, path: "/metrics", headers, option: "--metrics-port" });
}
