/**
 * When an article changed last, where that is known. Pure but for the clock.
 */
import { isVague } from "./messages.js";

/**
 * The same answer, without an instant of the last change where this is only the first look after a long time: what an
 * archive kept long ago may have been changed the day after.
 *
 * @template {import("../shared/contract.js").Answer} T
 * @param {T} answer
 * @returns {T}
 */
export function withKnownChange(answer) {
  const [before, last] = answer.versions.slice(-2);
  if (!last || !isVague(before.last_seen_at, last.seen_at, Date.now())) return answer;
  return { ...answer, article: { ...answer.article, last_changed_at: null } };
}
