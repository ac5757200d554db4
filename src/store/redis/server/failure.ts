import { ParzenError } from "../../../errors.ts";
import { corrupt } from "../rows/stored-json.ts";

/** What the server answers while it cannot serve, but will again. @source https://redis.io/docs/latest/develop/reference/protocol-spec */
const PASSING = /^(LOADING|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|READONLY|NOREPLICAS|MISCONF|BUSY|MOVED|ASK|UNBLOCKED)\b/;
const FORBIDDEN = /^NOPERM\b|user executing the script can't/;
const REFUSED = /^(WRONGPASS|NOAUTH)\b|invalid (?:username-)?password|without any password configured/i;
/** What a server answers whose number of databases is smaller, or which is a node of a Cluster. */
const NO_DATABASE = /DB index is out of range|SELECT is not allowed/i;
/** What scripts and commands say of values that this version never writes. */
const DAMAGED =
  /\bWRONGTYPE\b|user_script:\d+: (?:.*: )?(?:attempt to|bad argument)|(?:hash )?value is not (?:an integer|a valid float)/;
/** Where in a script a command failed: nothing that helps anybody. */
const PLACE_IN_SCRIPT = / script: [0-9a-f]{40}, on @user_script:\d+\.?$/;
/** What ioredis says of bytes that are no answer of a Redis server. */
const FOREIGN = /^Unknown RESP type\b/;
/** What TLS says of a server whose authority is not known here. @source https://docs.openssl.org/3.0/man1/openssl-verification-options */
const UNTRUSTED = /self[- ]signed certificate|unable to (?:get (?:local )?issuer|verify the first) certificate/;
/** What a client without TLS meets where a server takes nothing else, or that has just gone. */
const CUT_OFF = /ECONNRESET|EPIPE|Connection is closed/;
/** Of Node's sockets and of ioredis. */
const GONE =
  /ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES|Connection is closed|Socket (?:timeout|closed)|timed out|All sentinels|Failed to refresh slots|Too many Cluster redirections|Cluster is(?:n't ready| disconnect| ended)|No subscriber for the cluster|None of startup nodes|Stream isn't writeable|max number of clients|max retries/i;

/**
 * What a failure of the client or an answer of the server means.
 *
 * @param location with its password masked
 */
export function storeFailure(error: unknown, location: string): unknown {
  if (error instanceof ParzenError || !(error instanceof Error)) return error;
  // What a script's command answered stands in the middle: "ERR Error running script ... : OOM command not allowed".
  const message = reasonOf(error);
  const cause = bare(error);
  if (/\bOOM\b/.test(message)) return full(location, cause);
  if (isRefusal(error)) return refused(location, message);
  const isGone =
    GONE.test(message) || FOREIGN.test(error.message) || ("code" in error && GONE.test(String(error.code)));
  if (isGone) return unavailable(location, message, cause);
  if (PASSING.test(message)) return unable(location, message, cause);
  return DAMAGED.test(message) ? corrupt(`some key in ${location}`, "what a script cannot read", cause) : cause;
}

/**
 * The same of a server that had let this user in before: the password may be put back, and what was kept for the server
 * until then is not to be lost.
 */
export function laterFailure(error: unknown, location: string): unknown {
  const failure = storeFailure(error, location);
  const isPassword = error instanceof Error && REFUSED.test(reasonOf(error));
  if (!isPassword || !(failure instanceof ParzenError)) return failure;
  return new ParzenError("STORE_UNAVAILABLE", failure.message, {
    hint: "It had let this user in: put the password back, or start again with a URL that has the new one",
    cause: failure.cause,
  });
}

/** The error without the command that ioredis hangs on it: its arguments may be a password, a token, or anything. */
function bare(error: Error): Error {
  const { name, message } = error;
  return Object.assign(new Error(message), { name }, "code" in error ? { code: error.code } : {});
}

/** Whether the server does not let this user in, or not there: trying again is of no use. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const reason = reasonOf(error);
  return REFUSED.test(reason) || FORBIDDEN.test(reason) || NO_DATABASE.test(reason);
}

/** The newest cause is what helps; an error of several addresses has no text of its own. */
export function reasonOf(error: Error): string {
  if (error instanceof AggregateError) return error.errors.map((each) => reasonOf(each as Error)).join("; ");
  if ("lastNodeError" in error && error.lastNodeError instanceof Error) return reasonOf(error.lastNodeError);
  if (FOREIGN.test(error.message))
    return "what answers there is no Redis server, or one that takes only TLS (rediss://)";
  const inner = /(?:^ERR |^).*?\b((?:OOM|NOPERM|READONLY|MISCONF|CLUSTERDOWN|NOREPLICAS) .*)$/s.exec(error.message);
  return (inner?.[1] ?? error.message).replace(PLACE_IN_SCRIPT, "");
}

export function unavailable(location: string, why: string, cause?: unknown): ParzenError {
  return new ParzenError("STORE_UNAVAILABLE", `the store ${location} cannot be reached: ${why}`, {
    hint: hintFor(location, why),
    cause,
  });
}

function hintFor(location: string, why: string): string {
  if (UNTRUSTED.test(why)) {
    return "Name a file with the certificates of its authority in the URL, ?ca=<file>; see docs/security.md";
  }
  const mayNeedTls = CUT_OFF.test(why) && location.startsWith("redis:");
  const url = mayNeedTls ? "the URL (rediss:// for a server that takes only TLS)" : "the URL";
  return `Check ${url} and that the server runs; what was stored before is there when it is back`;
}

/** It answers, only not with what was asked for. */
function unable(location: string, answer: string, cause: unknown): ParzenError {
  if (!answer.startsWith("READONLY")) {
    return new ParzenError("STORE_UNAVAILABLE", `the store ${location} cannot serve now: ${answer}`, {
      hint: "Try again when the server can: what was stored before is there",
      cause,
    });
  }
  return new ParzenError("STORE_UNAVAILABLE", `the store ${location} is a replica, which takes no writes`, {
    hint: "Name its primary, or redis+sentinel://<sentinel>:<port>/<master>, which follows the primary",
    cause,
  });
}

function full(location: string, cause: unknown): ParzenError {
  return new ParzenError("STORE_FULL", `the memory of the store ${location} is used up`, {
    hint: "Raise maxmemory of the server or delete studies, and go on: what was stored before is there",
    cause,
  });
}

/** The server's own words may repeat what it was told; of them only the reason is shown. */
function refused(location: string, message: string): ParzenError {
  if (NO_DATABASE.test(message)) {
    return new ParzenError(
      "OPTION_INVALID",
      `the store ${location} refuses: the server has no database of that number`,
      {
        hint: "A server has the databases 0 to 15 unless its configuration says otherwise, a Cluster only 0",
      },
    );
  }
  const isRight = FORBIDDEN.test(message);
  const what = isRight ? "this user may not do that" : "the user or password is wrong or missing";
  const permission = isRight ? ` (${message.slice(0, 200)})` : "";
  return new ParzenError("OPTION_INVALID", `the store ${location} refuses: ${what}${permission}`, {
    hint: isRight
      ? "Give the user the permissions of docs/security.md"
      : "A URL with credentials is redis://user:password@host:port",
  });
}
