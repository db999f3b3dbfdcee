/**
 * Copies an earlier wording with its source, as text. A classic file, as `messages.js` is: content scripts cannot
 * import.
 */
var RowbackQuote = (() => {
  const { words } = RowbackMessages;

  /**
   * @param {import("./contract.js").Wording} wording
   * @param {Pick<import("./contract.js").Answer, "article" | "versions">} answer that tells of it
   * @param {Node} beside where a helper may stand for a moment: in our own shadow root
   * @returns {Promise<string>} what is to be said of it
   */
  async function copy(wording, { article, versions }, beside) {
    const shown = RowbackAttribution.noteOf(versions, wording.version);
    const quote = RowbackAttribution.quote(wording.text, article, { ...shown, seen_at: wording.seen_at });
    return words((await write(quote, beside)) ? "quote_copied" : "quote_not_copied");
  }

  /**
   * The address of an edit's page. Only for our own pages: another one sees what is written from it.
   *
   * @param {import("./contract.js").EditAddress} address
   * @param {Node} beside
   * @returns {Promise<string>} what is to be said of it
   */
  async function copyLink({ address, is_local: isLocal }, beside) {
    if (!(await write(address, beside))) return words("quote_not_copied");
    return words(isLocal ? "edit_link_copied_here" : "edit_link_copied");
  }

  /** @param {string} text @param {Node} beside @returns {Promise<boolean>} whether it was copied */
  async function write(text, beside) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Absent on http pages, and pages may forbid it; the older way asks only for the click.
      return writeFrom(text, beside);
    }
  }

  /** @param {string} text @param {Node} beside */
  function writeFrom(text, beside) {
    const field = RowbackNodes.element("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
    field.value = text;
    const root = beside.getRootNode();
    const focused = root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
    beside.appendChild(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    return isCopied;
  }

  return { copy, copyLink };
})();
globalThis.RowbackQuote = RowbackQuote;
