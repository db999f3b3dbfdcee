/**
 * The pieces of the card, each a function from an edit to nodes. No placing, no state.
 */
var RowbackCardParts = (() => {
  const { element, icon, button } = RowbackNodes;
  const { words, figure } = RowbackMessages;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {import("../../shared/contract.js").Answer} Answer */
  /** @typedef {import("../../shared/contract.js").Wording} Wording */

  /**
   * The edit's markup as `ins` and `del`. What cannot be read is shown as the wordings that follow.
   *
   * @param {Edit} edit
   */
  function difference(edit) {
    const blocks = RowbackMarkup.parse(edit.markup) ?? [];
    const paragraphs = blocks.map(({ segments }) => {
      const pieces = segments.map(({ op, text }) =>
        op === "same" ? document.createTextNode(text) : element(op, {}, text),
      );
      return element("p", { dir: "auto" }, ...pieces);
    });
    return element("div", { class: "difference" }, ...paragraphs);
  }

  /** Where a moved block stood. @param {Edit} edit */
  function origin(edit) {
    const text = RowbackEditWords.origin(edit);
    return text && element("p", { class: "note" }, text);
  }

  /** @param {Edit} edit */
  function labels(edit) {
    const names = RowbackEditWords.labelNames(edit).map((name) => element("li", {}, name));
    return names.length ? element("ul", { class: "labels", "aria-label": words("labels_label") }, ...names) : null;
  }

  /** When the block came to read as it does. @param {Edit} edit @param {Answer} answer */
  function moment(edit, answer) {
    const { versions } = answer;
    const number = RowbackEditWords.changedIn(edit, versions[0]?.version ?? 0, versions.at(-1)?.version ?? 0);
    const change = number === null ? null : RowbackCardTime.changeTo(number, answer);
    if (!change) return null;
    return element(
      "p",
      { class: "moment" },
      ...RowbackCardTime.between(change.from, change.to, "moment_between"),
      " · ",
      RowbackCardTime.since(change.to),
    );
  }

  /**
   * What the block said before, oldest first, on a line of time that ends with what it says now.
   *
   * @param {Edit} edit
   * @param {(wording: Wording) => void} copy
   */
  function wordings(edit, copy) {
    if (!edit.wordings.length) return null;
    const items = edit.wordings.map((wording) =>
      element(
        "li",
        {},
        element(
          "p",
          { class: "when" },
          ...RowbackCardTime.between(wording.seen_at, wording.last_seen_at, "wording_seen"),
          " · ",
          words("wording_version", figure(wording.version)),
        ),
        element("blockquote", { dir: "auto" }, wording.text),
        button(
          { class: "text-button copy", title: words("quote_copy_hint") },
          () => copy(wording),
          icon("copy"),
          words("quote_copy"),
        ),
      ),
    );
    return element(
      "section",
      {},
      element("h3", {}, words("wordings_title")),
      element(
        "ol",
        { class: "wordings" },
        ...items,
        element(
          "li",
          { class: "now" },
          element("p", { class: "when" }, words(edit.kind === "delete" ? "wording_gone" : "wording_now")),
        ),
      ),
    );
  }

  /** One edit, small, for lists. @param {Edit} edit */
  function listed(edit) {
    const title = words("listed_title", words(`kind_${edit.kind}`), words(RowbackEditWords.blockName(edit)));
    return element("li", { "data-listed": edit.id }, element("p", { class: "when" }, title), difference(edit));
  }

  /** @param {string} title @param {string} note @param {Edit[]} edits @param {string} tone */
  function section(title, note, edits, tone) {
    if (!edits.length) return null;
    return element(
      "section",
      { class: tone },
      element("h3", {}, title),
      element("p", { class: "note" }, note),
      element("ol", { class: "listed" }, ...edits.map(listed)),
    );
  }

  return { difference, labels, moment, origin, wordings, section };
})();
