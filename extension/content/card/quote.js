/**
 * Copies an earlier wording with its source, as text.
 */
var RowbackQuote = (() => {
  const { words, exactly } = RowbackMessages;

  /**
   * @param {import("../../shared/contract.js").Wording} wording
   * @param {import("../../shared/contract.js").Article} article
   */
  function textOf({ text, seen_at: seenAt }, { title, url }) {
    return words("quote_text", text, title, exactly(seenAt), url);
  }

  /**
   * @param {string} text
   * @param {Node} beside where a helper may stand for a moment: in our own shadow root
   * @returns {Promise<boolean>} whether it was copied
   */
  async function copy(text, beside) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Absent on http pages, and pages may forbid it; the older way asks only for the click.
      return copyFrom(text, beside);
    }
  }

  /** @param {string} text @param {Node} beside */
  function copyFrom(text, beside) {
    const field = RowbackNodes.element("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
    field.value = text;
    const root = beside.getRootNode();
    const focused = root instanceof ShadowRoot ? root.activeElement : null;
    beside.appendChild(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    return isCopied;
  }

  return { textOf, copy };
})();
