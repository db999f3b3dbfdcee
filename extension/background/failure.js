/**
 * What can go wrong, as values: a stable code for programs and a message key for people.
 */

import { nameFor } from "./messages.js";

/** Codes for which `_locales` holds a message of their own; others share `error_other`. */
const TOLD = new Set([
  "backend-down",
  "backend-slow",
  "backend-strange",
  "not-connected",
  "pairing-pending",
  "pairing-denied",
  "pairing-expired",
  "invitation-over",
  "insufficient-scope",
  "too-many-attempts",
  "proxy-too-large",
  "proxy-down",
  "proxy-slow",
  "proxy-refused",
  "no-token",
  "not-a-web-page",
  "backend-page",
  "loopback-host",
  "private-host",
  "site-off",
  "private-window",
  "bad-url",
  "bad-backend",
  "not-an-article",
  "front-page",
  "too-large",
  "no-page",
  "unknown-edit",
  "store-unavailable",
  "foreign-origin",
  "no-feeds",
  "not-kept",
  "text-refused",
]);

/** Codes whose message takes in what the backend said. */
const TOLD_WITH_DETAIL = new Set(["hidden-article"]);
/** Not failures: an answer that is no history. */
const CALM = new Set(["hidden-article"]);

export class Failed extends Error {
  /**
   * @param {string} code stable, kebab-case
   * @param {string} [detail] what the backend said, for the codes we have no words for
   * @param {unknown} [backfill] what it said of an article's past, as it came
   */
  constructor(code, detail, backfill = null) {
    super(detail ?? code);
    this.code = code;
    this.backfill = backfill;
  }
}

/**
 * @param {unknown} error
 * @param {(name: string, ...values: string[]) => string} words
 * @returns {import("../shared/contract.js").Failure}
 */
export function describeFailure(error, words) {
  const code = error instanceof Failed ? error.code : "bug";
  const name = nameFor("error", code);
  if (TOLD.has(code)) return { code, message: words(name) };
  const detail = error instanceof Error ? error.message.slice(0, 300) : code;
  return { code, message: words(TOLD_WITH_DETAIL.has(code) ? name : "error_other", detail) };
}

/** Whether nothing is wrong, and nobody need be alarmed. @param {string} code */
export function isCalm(code) {
  return CALM.has(code);
}
