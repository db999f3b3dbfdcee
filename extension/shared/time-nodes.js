/**
 * Times as nodes and in sentences. A change is never seen as it happens: it lies between two visits. A classic file, as
 * `messages.js` is: content scripts cannot import.
 */
var RowbackTimeNodes = (() => {
  const { element } = RowbackNodes;
  const { words, exactly, ago, language } = RowbackMessages;
  /** Closer together, two instants read the same. */
  const MINUTE_MS = 60_000;
  /** Private characters, which no message holds: the nth stands for the nth value. */
  const FIRST_PRIVATE = 0xe000;
  const PRIVATE = /([\ue000-\ue008])/;

  /**
   * A message with nodes in the places of `$1`, `$2`…
   *
   * @param {string} name
   * @param {...Node} values
   * @returns {(Node | string)[]}
   */
  function sentence(name, ...values) {
    const places = values.map((_, at) => String.fromCharCode(FIRST_PRIVATE + at));
    return words(name, ...places)
      .split(PRIVATE)
      .filter((piece) => piece !== "")
      .map((piece) => values[piece.charCodeAt(0) - FIRST_PRIVATE] ?? piece);
  }

  /**
   * A sentence around two instants, "between 14:05 and 14:32"; around none where they are one.
   *
   * @param {string} from
   * @param {string} to
   * @param {string} name of the message with `$1` and `$2`
   * @returns {(Node | string)[]}
   */
  function between(from, to, name) {
    if (isOne(from, to)) return [exact(to)];
    const isSameDay = dayOf(from) === dayOf(to);
    return sentence(name, exact(from), instant(to, isSameDay ? clock(to) : exactly(to)));
  }

  /** Whether two instants read the same. @param {string} from @param {string} to */
  function isOne(from, to) {
    return Date.parse(to) - Date.parse(from) < MINUTE_MS;
  }

  /** Date and time. @param {string} when */
  function exact(when) {
    return instant(when, exactly(when));
  }

  /** How long ago, with the exact time behind it. @param {string} when */
  function since(when) {
    return instant(when, ago(when, Date.now()));
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

  return { sentence, between, isOne, exact, since };
})();
globalThis.RowbackTimeNodes = RowbackTimeNodes;
