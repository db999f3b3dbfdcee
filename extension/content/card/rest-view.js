/**
 * What is not painted on the page, as lists: edits without a place on it, and those that came and went.
 */
var RowbackRestView = (() => {
  const { element } = RowbackNodes;
  const { words, count } = RowbackMessages;
  const { difference, source } = RowbackEditNodes;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {import("../../shared/contract.js").Answer} Answer */
  /** @typedef {{unplaced: Edit[], answer: Answer}} Rest */

  /** @param {Rest} rest */
  function build({ unplaced, answer }) {
    const lists = [
      section(count("unplaced_title", unplaced.length), words("unplaced_note"), unplaced, "unplaced", answer),
      section(words("passing_title"), words("passing_note"), answer.passing, "passing", answer),
    ];
    return lists.filter((list) => list !== null);
  }

  /**
   * @param {string} title
   * @param {string} note
   * @param {Edit[]} edits
   * @param {string} tone
   * @param {Answer} answer
   */
  function section(title, note, edits, tone, answer) {
    if (!edits.length) return null;
    return element(
      "section",
      { class: tone },
      element("h3", {}, title),
      element("p", { class: "note" }, note),
      element("ol", { class: "listed" }, ...edits.map((edit) => listed(edit, answer))),
    );
  }

  /** One edit, small. @param {Edit} edit @param {Answer} answer */
  function listed(edit, answer) {
    const title = element("p", { class: "when" }, RowbackEditWords.title(edit));
    return element("li", { "data-listed": edit.id }, title, difference(edit), source(edit, answer));
  }

  return { build };
})();
