/**
 * The pieces of the card, each a function from an edit to nodes. No placing, no state.
 */
var RowbackCardParts = (() => {
  const { element, time } = RowbackNodes;
  const { words, exactly } = RowbackWords;

  /** @typedef {import("../shared/contract.js").Edit} Edit */
  /** @typedef {import("../shared/contract.js").Answer} Answer */

  /** The edit's markup as `ins` and `del`. What cannot be read is shown as the wordings that follow. @param {Edit} edit */
  function difference(edit) {
    const blocks = RowbackMarkup.parse(edit.markup) ?? [];
    const paragraphs = blocks.map(({ segments }) => {
      const pieces = segments.map(({ op, text }) => (op === "same" ? document.createTextNode(text) : element(op, {}, text)));
      return element("p", { dir: "auto" }, ...pieces);
    });
    return element("div", { class: "difference" }, ...paragraphs);
  }

  /** Names of what the edit touches; a label that we have no name for is shown as it came. @param {Edit} edit */
  function labels(edit) {
    if (!edit.labels.length && !edit.minor) return null;
    const names = edit.labels.map((label) => {
      const message = words(`label_${label.replaceAll("-", "_")}`);
      return message.startsWith("label_") ? label : message;
    });
    if (edit.minor) names.push(words("label_minor"));
    return element("ul", { class: "labels", "aria-label": words("labels_label") }, ...names.map((name) => element("li", {}, name)));
  }

  /** When the block came to read as it does. @param {Edit} edit @param {Answer} answer */
  function moment(edit, answer) {
    const instant = momentOf(edit, answer);
    return instant && element("p", { class: "moment" }, time(instant, Date.now()), " · ", exactly(instant));
  }

  /** The version after the last other wording; without one, only two versions leave no doubt.
   * @param {Edit} edit @param {Answer} answer */
  function momentOf(edit, { versions }) {
    const last = edit.wordings.at(-1);
    if (!last) return versions.length === 2 ? versions[1].seen_at : null;
    return versions.find(({ version }) => version === last.last_version + 1)?.seen_at ?? null;
  }

  /** What the block said before, oldest first, each with when it was first seen. @param {Edit} edit */
  function wordings(edit) {
    if (!edit.wordings.length) return null;
    const items = edit.wordings.map(({ seen_at: seenAt, version, text }) =>
      element("li", {},
        element("p", { class: "when" }, time(seenAt, Date.now()), " · ", exactly(seenAt), " · ", words("wording_version", String(version))),
        element("blockquote", { dir: "auto" }, text)));
    return element("section", {}, element("h3", {}, words("wordings_title")), element("ol", { class: "wordings" }, ...items));
  }

  /** One edit, small, for lists. @param {Edit} edit */
  function listed(edit) {
    const title = words("listed_title", words(`kind_${edit.kind}`), words(RowbackBadges.blockName(edit)));
    return element("li", { "data-listed": edit.id }, element("p", { class: "when" }, title), difference(edit));
  }

  /** @param {string} title @param {string} note @param {Edit[]} edits @param {string} tone */
  function section(title, note, edits, tone) {
    if (!edits.length) return null;
    return element("section", { class: tone }, element("h3", {}, title), element("p", { class: "note" }, note),
      element("ol", { class: "listed" }, ...edits.map(listed)));
  }

  return { difference, labels, moment, wordings, section };
})();
