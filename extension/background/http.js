/**
 * One request to the backend, and what can go wrong with it. Knows nothing of tokens' whereabouts or of articles.
 */
import { codeBefore } from "./before-backend.js";
import { Failed } from "./failure.js";
import { words } from "./messages.js";
import { packed } from "./packing.js";
import { noteRelease, ownRelease, saysRelease } from "./releases.js";

/** A backend on a small machine that is busy polling still answers within a second or two. */
const TIMEOUT_MS = 15_000;
/** Larger than the answer for any real article; more would only fill the page's memory. */
const MAX_ANSWER_CHARS = 8_000_000;

/**
 * @param {string} backend its address
 * @param {string} path from its front page, with the query
 * @param {{method?: string, body?: unknown, token?: string, etag?: string}} [options]
 * @returns {Promise<{status: number, etag: string | null, body: any}>} `body` is undefined for 204 and 304
 */
export async function callBackend(backend, path, { method = "GET", body, token, etag } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Accept-Language": words("language_tag") };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (token && (await saysRelease(backend))) headers["Rowback-Extension"] = ownRelease();
  if (etag) headers["If-None-Match"] = etag;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const text = body === undefined ? undefined : JSON.stringify(body);
  // Backends unpack for those that they know.
  const small = token && text !== undefined ? await packed(text) : null;
  if (small === null) return read(backend, await send(backend + path, { method, headers, body: text }));
  const packedHeaders = { ...headers, "Content-Encoding": "gzip" };
  try {
    return await read(backend, await send(backend + path, { method, headers: packedHeaders, body: small }));
  } catch (error) {
    if (!mayBeForPacking(error)) throw error;
    return read(backend, await send(backend + path, { method, headers, body: text }));
  }
}

/**
 * Whether a request may have failed because it was packed. A backend of before takes that for a body that is no JSON,
 * and names the header to no browser that asks whether it may be sent; a proxy may know nothing of packing, either.
 *
 * @param {unknown} error
 */
function mayBeForPacking(error) {
  if (!(error instanceof Failed)) return false;
  return ["bad-input", "wrong-coding", "wrong-media-type", "backend-down", "backend-strange"].includes(error.code);
}

/**
 * @param {string} backend
 * @param {Response} answer
 */
async function read(backend, answer) {
  await noteRelease(backend, answer.headers.get("Rowback-Version"));
  const { status } = answer;
  const etag = answer.headers.get("ETag");
  if (status === 304 || status === 204) return { status, etag, body: undefined };
  if (!answer.ok) throw failureOf(status, await readJSON(answer).catch(() => null));
  return { status, etag, body: await readJSON(answer) };
}

/**
 * @param {string} address
 * @param {RequestInit} request
 */
async function send(address, request) {
  try {
    return await fetch(address, {
      ...request,
      // The token is all we show; an answer that leads elsewhere would carry the page's address there.
      credentials: "omit",
      redirect: "error",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
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
 * RFC 9457 problems of a backend carry our `code`; all else was said by what stands before it, or is not a Rowback
 * backend. A front page is told apart from other pages without an article: its reader can follow the site instead.
 *
 * @param {number} status
 * @param {any} problem
 */
function failureOf(status, problem) {
  const code = problem?.code;
  const isOurs = typeof code === "string" && problem.type === `urn:rowback:problem:${code}`;
  if (!isOurs) return new Failed(codeBefore(status), String(status));
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(code)) return new Failed("backend-strange", String(status));
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
