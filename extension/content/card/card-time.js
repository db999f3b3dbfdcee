/**
 * When things were seen, in words. A change is never seen as it happens: it lies between two visits.
 */
var RowbackCardTime = (() => {
  const { element } = RowbackNodes;
  const { words, exactly, ago, language } = RowbackMessages;
  /** Closer together, two instants read the same. */
  const MINUTE_MS = 60_000;

  /** @typedef {import("../../shared/contract.js").Answer} Answer */

  /**
   * A sentence around one or two instants, each a `time`: "between 14:05 and 14:32".
   *
   * @param {string} from
   * @param {string} to
   * @param {string} pattern the message with `$1` and `$2`
   * @returns {(Node | string)[]}
   */
  function between(from, to, pattern) {
    if (Date.parse(to) - Date.parse(from) < MINUTE_MS) return [instant(to, exactly(to))];
    const isSameDay = dayOf(from) === dayOf(to);
    const shown = [instant(from, exactly(from)), instant(to, isSameDay ? clock(to) : exactly(to))];
    return words(pattern, "\ue000", "\ue001")
      .split(/([\ue000\ue001])/)
      .map((piece) => (piece === "\ue000" ? shown[0] : piece === "\ue001" ? shown[1] : piece))
      .filter((piece) => piece !== "");
  }

  /** How long ago, with the exact time behind it. @param {string} when */
  function since(when) {
    return element("time", { datetime: when, title: exactly(when) }, ago(when, Date.now()));
  }

  /** @param {string} when @param {string} text */
  function instant(when, text) {
    return element("time", { datetime: when, title: exactly(when) }, text);
  }

  /** @param {string} when */
  function dayOf(when) {
    return new Date(when).toDateString();
  }

  /** @param {string} when */
  function clock(when) {
    return new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(new Date(when));
  }

  /**
   * Between which visits a version came to be.
   *
   * @param {number} number of the version
   * @param {Answer} answer
   * @returns {{from: string, to: string} | null} null for the first, and where we do not know it
   */
  function changeTo(number, { versions }) {
    const at = versions.findIndex(({ version }) => version === number);
    return at > 0 ? { from: versions[at - 1].last_seen_at, to: versions[at].seen_at } : null;
  }

  return { between, since, changeTo };
})();
