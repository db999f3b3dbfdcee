/**
 * Where in a text something stands that is almost a pattern: a few characters put in, left out or exchanged. Pure.
 *
 * Myers' bit-vector algorithm (J. ACM 46(3), 1999) in blocks of 32 characters of the pattern (Hyyrö 2003): one pass
 * over the text whatever the number of errors.
 */
var RowbackNear = (() => {
  const WORD = 32;
  /** Characters of a run that two texts may share. */
  const RUN = 3;
  /** Runs are told apart by a number below this; two that share one let a text pass that could be spared. */
  const BUCKETS = 1 << 14;

  /** @typedef {{start: number, end: number, errors: number}} Match */

  /**
   * The piece of `text` closest to `pattern`; of several equally close the first, and of its beginnings the longest
   * piece.
   *
   * @param {string} text
   * @param {string} pattern
   * @param {number} most errors
   * @returns {Match | null} null when every piece has more errors
   */
  function closest(text, pattern, most) {
    const errors = errorsAt(text, pattern);
    let end = -1;
    for (let at = 0; at < errors.length; at += 1) {
      if (errors[at] <= most && (end < 0 || errors[at] < errors[end])) end = at;
    }
    return end < 0
      ? null
      : { start: startOf(text.slice(0, end + 1), pattern, errors[end]), end: end + 1, errors: errors[end] };
  }

  /** Read backwards, the beginning is an end. @param {string} head of the text, up to the match's end
   * @param {string} pattern @param {number} errors */
  function startOf(head, pattern, errors) {
    const reach = head.slice(Math.max(0, head.length - pattern.length - errors));
    const backwards = errorsAt(reversed(reach), reversed(pattern));
    return head.length - 1 - backwards.lastIndexOf(errors);
  }

  /** How many characters two whole texts differ by. @param {string} one @param {string} other */
  function distance(one, other) {
    if (!one || !other) return Math.max(one.length, other.length);
    return errorsAt(one, other, 1)[one.length - 1];
  }

  /**
   * A quick look that spares measuring: of two texts that differ by few characters, most runs of three are in both
   * (Ukkonen, Theor. Comput. Sci. 92(1), 1992).
   *
   * @param {string} text
   * @returns {(other: string, most: number) => boolean} false: it differs by more than `most`
   */
  function sieve(text) {
    const runs = new Uint8Array(BUCKETS);
    for (let at = 0; at + RUN <= text.length; at += 1) runs[bucketOf(text, at)] = 1;
    return (other, most) => {
      if (Math.abs(other.length - text.length) > most) return false;
      let spare = RUN * most;
      for (let at = 0; at + RUN <= other.length && spare >= 0; at += 1) {
        if (!runs[bucketOf(other, at)]) spare -= 1;
      }
      return spare >= 0;
    };
  }

  /** @param {string} text @param {number} at */
  function bucketOf(text, at) {
    return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) % BUCKETS;
  }

  /**
   * For each place in the text, the fewest errors of a piece that ends there.
   *
   * @param {string} text
   * @param {string} pattern not empty
   * @param {0 | 1} [skipped] what each character before the piece costs: with 1, all pieces begin where the text does
   */
  function errorsAt(text, pattern, skipped = 0) {
    const blocks = Math.ceil(pattern.length / WORD);
    const plus = new Int32Array(blocks).fill(-1);
    const minus = new Int32Array(blocks);
    const equal = placesOf(pattern, blocks);
    const nowhere = new Int32Array(blocks);
    const last = 1 << ((pattern.length - 1) % WORD);
    const errors = new Int32Array(text.length);
    let score = pattern.length;
    for (let at = 0; at < text.length; at += 1) {
      const here = equal.get(text.charCodeAt(at)) ?? nowhere;
      let carry = /** @type {number} */ (skipped);
      for (let block = 0; block < blocks; block += 1) {
        carry = advance(plus, minus, block, here[block], carry, block === blocks - 1 ? last : 1 << (WORD - 1));
      }
      score += carry;
      errors[at] = score;
    }
    return errors;
  }

  /**
   * One block, one character further.
   *
   * @param {Int32Array} plus
   * @param {Int32Array} minus
   * @param {number} block
   * @param {number} same where the pattern has the character
   * @param {number} carry
   * @param {number} top the block's last row
   * @returns {number} what the next block takes over: −1, 0 or 1
   */
  function advance(plus, minus, block, same, carry, top) {
    const [p, m] = [plus[block], minus[block]];
    const vertical = same | m;
    const equal = carry < 0 ? same | 1 : same;
    const horizontal = (((equal & p) + p) ^ p) | equal;
    let up = m | ~(horizontal | p);
    let down = p & horizontal;
    const out = (up & top ? 1 : 0) - (down & top ? 1 : 0);
    up = (up << 1) | (carry > 0 ? 1 : 0);
    down = (down << 1) | (carry < 0 ? 1 : 0);
    plus[block] = down | ~(vertical | up);
    minus[block] = up & vertical;
    return out;
  }

  /** @param {string} pattern @param {number} blocks @returns {Map<number, Int32Array>} */
  function placesOf(pattern, blocks) {
    const places = new Map();
    for (let at = 0; at < pattern.length; at += 1) {
      const code = pattern.charCodeAt(at);
      if (!places.has(code)) places.set(code, new Int32Array(blocks));
      places.get(code)[at >> 5] |= 1 << (at % WORD);
    }
    return places;
  }

  /** @param {string} text */
  function reversed(text) {
    return text.split("").reverse().join("");
  }

  return { closest, distance, sieve, errorsAt };
})();
