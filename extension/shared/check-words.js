/** What is said of a look at an article that was asked for: from the report to words. Touches no nodes. */
import { ago, clock, words } from "./extension-page.js";

/** @typedef {import("./contract.js").CheckReport} CheckReport */

/**
 * @param {CheckReport | null} report
 * @param {string} backend
 * @param {number} now ms
 * @returns {string[]}
 */
export function toldOfCheck(report, backend, now) {
  const check = report?.check;
  if (!report || !check) return [words("check_note", backend)];
  const { host, next } = report;
  switch (check.state) {
    case "done":
      return [words(check.outcome === "edited" ? "check_edited" : "check_unchanged", ago(String(check.ended_at), now))];
    case "failed":
      return [failed(check, host), ...(next && Date.parse(next) > now ? [words("check_next", clock(next))] : [])];
    case "checking":
      return [words("check_looking", host)];
    case "waiting":
      return [waiting(check, host), ...unattended(check)];
    default:
      return check.attended ? [words("check_asked")] : unattended(check);
  }
}

/** @param {import("./contract.js").Check} check @param {string} host */
function waiting({ next_at, reason_told, reason }, host) {
  const until = words("check_waiting", host, clock(String(next_at)));
  const why = within(reason_told ?? reason);
  return why ? `${until} (${why})` : until;
}

/** A reason in brackets, in which its sentence does not end. @param {string | null} reason */
function within(reason) {
  return (reason ?? "").replace(/[.。]$/, "");
}

/** @param {import("./contract.js").Check} check */
function unattended({ attended }) {
  return attended ? [] : [words("check_unattended")];
}

/** @param {import("./contract.js").Check} check @param {string} host */
function failed({ outcome, reason_told, reason }, host) {
  switch (outcome) {
    case "missing":
    case "gone":
      return words("check_missing");
    case "blocked":
      return words("check_blocked", host);
    case "refused":
      return words("check_refused", host);
    case "unreachable":
      return words("check_unreachable", host);
    default:
      return words("check_failed", within(reason_told ?? reason));
  }
}
