/**
 * What stands before a backend, a proxy mostly, answers some requests by itself, in words of its own: a page, other
 * JSON, or nothing. Its status tells what is wrong. Those above 511 are of content delivery networks.
 */

/** @type {Record<string, number[]>} */
const STATUSES = {
  "proxy-refused": [401, 403, 407, 451],
  "proxy-too-large": [413],
  "proxy-down": [502, 503, 520, 521, 523, 530],
  "proxy-slow": [504, 522, 524],
  "too-many-attempts": [429],
  // Ours says so, too, without a word more: the request took too long to come.
  "backend-slow": [408],
};

/**
 * The code of a failure that no backend put into words.
 *
 * @param {number} status
 */
export function codeBefore(status) {
  return Object.keys(STATUSES).find((code) => STATUSES[code]?.includes(status)) ?? "backend-strange";
}
