import { isIP } from "node:net";
import { didYouMean, ParzenError, show } from "../../../errors.ts";
import { maskLocation } from "../../location.ts";
import { DEFAULT_PREFIX } from "./keys.ts";

/** Where a server is and how to get in. */
export interface RedisAddress {
  readonly kind: "single" | "sentinel" | "cluster";
  readonly isSecure: boolean;
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  /** Of the group of servers that Sentinels watch; '' otherwise. */
  readonly master: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
  /** File with the certificates of the authority to trust; null for the system's. */
  readonly ca: string | null;
  readonly prefix: string;
}

const FORM = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?$/i;
const PORTS = { single: 6379, sentinel: 26_379, cluster: 6379 } as const;
const EXPECTED = "expected redis://[user:password@]host:port/db";
const PARAMETERS = ["prefix", "ca"] as const;

/**
 * Reads a URL: `redis[s]://[[user]:password@]host[:port][/db]`, `redis[s]+sentinel://.../<master>[/db]` with the Sentinels
 * as hosts, and `redis[s]+cluster://...`; hosts with commas between. Parameters: `prefix` of all keys, `ca` for TLS.
 *
 * @throws OPTION_INVALID
 */
export function parseRedisUrl(url: string): RedisAddress {
  if (typeof url !== "string") throw invalid(show(url), EXPECTED);
  const form = FORM.exec(url.trim());
  if (form === null) throw invalid(url, EXPECTED);
  const [, scheme = "", topology, authority = "", path = "", query = ""] = form;
  const kind = kindOf(topology);
  const at = authority.lastIndexOf("@");
  const segments = path.split("/").filter((segment) => segment !== "");
  const master = kind === "sentinel" ? (segments.shift() ?? "") : "";
  if (kind === "sentinel" && master === "") throw invalid(url, "expected the name of the master as /<master>");
  return {
    kind,
    isSecure: scheme.toLowerCase() === "rediss",
    hosts: hostsOf(url, authority.slice(at + 1), PORTS[kind]),
    master: decoded(url, master),
    ...credentialsOf(url, authority.slice(0, Math.max(at, 0))),
    db: databaseOf(url, segments, kind),
    ...parametersOf(url, query),
  };
}

function kindOf(topology: string | undefined): RedisAddress["kind"] {
  if (topology === undefined) return "single";
  return topology.toLowerCase() === "sentinel" ? "sentinel" : "cluster";
}

function credentialsOf(url: string, userinfo: string): Pick<RedisAddress, "username" | "password"> {
  const colon = userinfo.indexOf(":");
  const [user, secret] = colon < 0 ? [userinfo, ""] : [userinfo.slice(0, colon), userinfo.slice(colon + 1)];
  const given = (text: string): string | undefined => (text === "" ? undefined : decoded(url, text));
  return { username: given(user), password: given(secret) };
}

function hostsOf(url: string, text: string, defaultPort: number): RedisAddress["hosts"] {
  const hosts = (text === "" ? "127.0.0.1" : text).split(",").map((each) => {
    const [, bracketed, plain, port] = /^(?:\[([0-9a-f:]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/i.exec(each.trim()) ?? [];
    const host = bracketed ?? plain;
    if (host === undefined || Number(port ?? 1) > 65_535) throw invalid(url, "expected host:port");
    if (bracketed !== undefined && isIP(bracketed) !== 6) throw invalid(url, "expected an IPv6 address in brackets");
    return { host, port: port === undefined ? defaultPort : Number(port) };
  });
  return hosts;
}

function databaseOf(url: string, segments: readonly string[], kind: RedisAddress["kind"]): number {
  const [given = "0", surplus] = segments;
  if (!/^\d{1,6}$/.test(given) || surplus !== undefined)
    throw invalid(url, "expected the number of a database as path");
  if (kind === "cluster" && given !== "0") throw invalid(url, "a Cluster has only the database 0");
  return Number(given);
}

function parametersOf(url: string, query: string): Pick<RedisAddress, "ca" | "prefix"> {
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) {
    if (PARAMETERS.some((known) => known === name)) continue;
    throw invalid(url, `unknown parameter ${maskLocation(name)}${didYouMean(name, PARAMETERS)}`);
  }
  return { ca: parameters.get("ca"), prefix: parameters.get("prefix") ?? DEFAULT_PREFIX };
}

function decoded(url: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(url, "a percent sign is written as %25");
  }
}

function invalid(url: string, wrong: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `store: ${maskLocation(url)}: ${wrong}`, {
    hint: "Characters such as @ : / ? # % in a password are percent-encoded",
  });
}
