/**
 * Is the whole page in a form, as ASP.NET and JSF make them? Then the form is there for the layout, and what stands in
 * it is no more outside of the article than the rest (`server/rowback/text/left_out.py`). Only reads.
 */
var RowbackForms = (() => {
  /** Of a page's prose. */
  const MOST = 0.5;
  /** Words in one text node: less is a menu's, a label's or a credit's. */
  const PROSE = 8;
  /** Of a form around a page, and for each field so many more: less only says what to fill in. */
  const FORM_WORDS = 40;
  const FIELD_WORDS = 25;
  const MAX_FIELDS = 4;
  const FIELDS =
    "select, textarea, input:not([type=hidden i], [type=submit i], [type=button i], [type=image i], [type=reset i])";
  const UNREAD = "script, style, noscript, template, textarea, select, button, svg, a";

  /** Whether one form holds most of the page's prose. @param {Document | ShadowRoot | Element} page */
  function areAround(page) {
    return [...page.querySelectorAll("form")].some((form) => {
      const fields = Math.min(MAX_FIELDS, form.querySelectorAll(FIELDS).length);
      return holdsShare(form, page, MOST, FORM_WORDS + FIELD_WORDS * fields);
    });
  }

  /** @param {Element} form @param {Document | ShadowRoot | Element} page @param {number} share of the page's prose
   * @param {number} [least] words */
  function holdsShare(form, page, share, least = FORM_WORDS) {
    if (RowbackPageText.wordsIn(form.textContent) < least) return false;
    const words = proseOf(form);
    return words >= least && words >= share * proseOf(page);
  }

  /** @param {Node} root */
  function proseOf(root) {
    let words = 0;
    for (const node of RowbackPageText.nodesOf(root, (element) => element.matches(UNREAD))) {
      const own = node.nodeType === Node.TEXT_NODE ? RowbackPageText.wordsIn(/** @type {Text} */ (node).data) : 0;
      if (own >= PROSE) words += own;
    }
    return words;
  }

  return { areAround, holdsShare };
})();
