/**
 * One request to the backend, and what can go wrong with it. Knows nothing of tokens' whereabouts or of articles.
 */
import { Failed } from "./failure.js";

/** A backend on a small machine that is busy polling still answers within a second or two. */
const TIMEOUT_MS = 15_000;
/** Larger than the answer for any real article; more would only fill the page's memory. */
const MAX_ANSWER_CHARS = 8_000_000;

/**
 * @param {string} backend an origin
 * @param {string} path from the root, with its query
 * @param {{method?: string, body?: unknown, token?: string, etag?: string}} [options]
 * @returns {Promise<{status: number, etag: string | null, body: any}>} `body` is undefined for 204 and 304
 */
export async function callBackend(backend, path, { method = "GET", body, token, etag } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (etag) headers["If-None-Match"] = etag;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await send(backend + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    // The token is all we show; an answer that leads elsewhere would carry the page's address there.
    credentials: "omit",
    redirect: "error",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (answer.status === 304 || answer.status === 204)
    return { status: answer.status, etag: answer.headers.get("ETag"), body: undefined };
  if (!answer.ok) throw failureOf(answer.status, await readJSON(answer).catch(() => null));
  const parsed = await readJSON(answer);
  return { status: answer.status, etag: answer.headers.get("ETag"), body: parsed };
}

/**
 * @param {string} address
 * @param {RequestInit} request
 */
async function send(address, request) {
  try {
    return await fetch(address, request);
  } catch (error) {
    throw new Failed(isTimeout(error) ? "backend-slow" : "backend-down");
  }
}

/** @param {Response} answer */
async function readJSON(answer) {
  try {
    const text = await answer.text();
    if (text.length <= MAX_ANSWER_CHARS) return JSON.parse(text);
  } catch (error) {
    if (isTimeout(error)) throw new Failed("backend-slow");
  }
  throw new Failed("backend-strange");
}

/**
 * RFC 9457 problems carry our `code`; anything else that answers with an error is not a Rowback backend. A front page
 * is told apart from other pages without an article: its reader can follow the site instead.
 *
 * @param {number} status
 * @param {any} problem
 */
function failureOf(status, problem) {
  const code = problem?.code;
  // What stands before the backend answers by itself, in words of its own.
  if (typeof code !== "string" && status === 413) return new Failed("proxy-too-large");
  if (typeof code !== "string" && [502, 503, 504].includes(status)) return new Failed("proxy-down");
  if (typeof code !== "string" || !/^[a-z][a-z0-9-]{0,40}$/.test(code))
    return new Failed("backend-strange", String(status));
  if (code === "not-an-article" && problem.reason === "front-page") return new Failed("front-page");
  return new Failed(
    code,
    typeof problem.detail === "string" ? problem.detail.slice(0, 300) : undefined,
    problem.backfill,
  );
}

/** @param {unknown} error */
function isTimeout(error) {
  return error instanceof DOMException && error.name === "TimeoutError";
}
