import type { StoredStudy } from "../../src/study/stored-study.ts";
import { hearEndSignals } from "../end-signals.ts";
import type { ExitCode } from "../exit.ts";
import { say } from "../render/print.ts";
import { PageServer } from "../server/page-server.ts";
import { LiveReport, REFRESH_SECONDS } from "./live-report.ts";

/** Shows a study's report to browsers of this machine, as it goes on, until a signal ends this process. */
export async function serveReport(study: StoredStudy, port: number): Promise<ExitCode> {
  const { report } = await import("../../plots/report.ts"); // the charting library, which nothing else needs
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    refresh: String(REFRESH_SECONDS),
  };
  const server = await PageServer.listen({ port, path: "/", headers, option: "--serve" });
  const live = new LiveReport(() => report(study));
  server.show(() => live.get());
  say(`the report of "${study.name}" is at ${server.url}; Ctrl-C ends it`);
  const code = await ended();
  await server.close();
  return code;
}

function ended(): Promise<ExitCode> {
  return new Promise((resolve) => {
    const dispose = hearEndSignals((code) => {
      dispose();
      resolve(code);
    });
  });
}
