/**
 * What is not painted on the page, as lists: edits without a place on it, and those that came and went.
 */
var RowbackRestView = (() => {
  const { element } = RowbackNodes;
  const { words, count } = RowbackMessages;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {{unplaced: Edit[], answer: import("../../shared/contract.js").Answer}} Rest */

  /** @param {Rest} rest */
  function build({ unplaced, answer }) {
    const lists = [
      section(count("unplaced_title", unplaced.length), words("unplaced_note"), unplaced, "unplaced"),
      section(words("passing_title"), words("passing_note"), answer.passing, "passing"),
    ];
    return lists.filter((list) => list !== null);
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

  /** One edit, small. @param {Edit} edit */
  function listed(edit) {
    const title = element("p", { class: "when" }, RowbackEditWords.title(edit));
    return element("li", { "data-listed": edit.id }, title, RowbackEditNodes.difference(edit));
  }

  return { build };
})();
