/**
 * Folds text for matching, as the backend does for comparing (`server/rowback/text/normalize.py`), and further: white
 * space goes altogether, because where a page breaks its lines says nothing about the words. Pure.
 */
var RowbackFold = (() => {
  /**
   * White space, control characters (the backend keeps none), soft hyphen, zero-width space, direction marks, word
   * joiner, byte order mark; and the bar that the backend writes between a table row's cells. The joiners of Persian,
   * Hindi and emoji stay.
   */
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are dropped
  const DROPPED = /[\s\u0000-\u001f\u0085\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff\u2502]+/g;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
  const BEYOND_ASCII = /[^\u0000-\u007f]/;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are dropped
  const ASCII_SPACE = /[\s\u0000-\u001f]+/g;
  const SINGLE_QUOTES = /[‘’‚‛′`´]/g;
  const DOUBLE_QUOTES = /[“”„‟″«»]/g;
  /** What NFC may join into one character: a character with its marks, or a Hangul syllable's parts. */
  const CLUSTERS = /[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?\p{M}*|\P{M}\p{M}*|\p{M}+/gsu;

  /** @param {string} text */
  function fold(text) {
    // Most text nodes are plain, and many are white space alone: a page has thousands.
    if (!BEYOND_ASCII.test(text)) return text.replace(ASCII_SPACE, "").replaceAll("`", "'");
    return text.normalize("NFC").replace(DROPPED, "").replace(SINGLE_QUOTES, "'").replace(DOUBLE_QUOTES, '"');
  }

  /**
   * Where in `text` the folded character number `offset` begins, and where it ends.
   *
   * @param {string} text
   * @param {number} offset into `fold(text)`
   * @returns {[number, number]} both `text.length` when there is no such character
   */
  function unfold(text, offset) {
    let folded = 0;
    for (const { 0: cluster, index } of text.matchAll(CLUSTERS)) {
      folded += fold(cluster).length;
      if (folded > offset) return [index, index + cluster.length];
    }
    return [text.length, text.length];
  }

  return { fold, unfold };
})();
