/**
 * The card as nodes: head, body, foot. Knows nothing of where it stands or how it moves on.
 */
var RowbackCardView = (() => {
  const { element, icon, button } = RowbackNodes;
  const { words, count, figure, language } = RowbackMessages;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {import("../../shared/contract.js").Answer} Answer */
  /** @typedef {{anchored: {edit: Edit, range: Range}[], unplaced: Edit[], answer: Answer}} Shown */
  /**
   * @typedef {object} Actions
   * @property {() => void} close
   * @property {(by: number) => void} step
   * @property {() => void} goToRest
   * @property {() => void} openHistory
   * @property {import("../../shared/contract.js").EditLinkActions} link
   * @property {(wording: import("../../shared/contract.js").Wording) => void} copy
   * @property {(edit: Edit) => Promise<import("../../shared/contract.js").Wording[]>} more
   */

  /**
   * @param {Shown} shown
   * @param {Edit | null} edit null: what is not painted on the page
   * @param {number} stops how many cards there are to step through
   * @param {Actions} actions
   */
  function build(shown, edit, stops, actions) {
    const attributes = {
      class: "card",
      role: "dialog",
      "aria-modal": "false",
      "aria-labelledby": "card-title",
      tabindex: "-1",
      lang: language(),
    };
    const body = edit ? RowbackEditNodes.view(edit, shown.answer, actions) : RowbackRestView.build(shown);
    return element(
      "section",
      attributes,
      header(shown, edit, actions),
      element("div", { class: "body", tabindex: "0", role: "region", "aria-labelledby": "card-title" }, ...body),
      footer(shown, edit, stops, actions),
    );
  }

  /** @param {Shown} shown @param {Edit | null} edit @param {Actions} actions */
  function header(shown, edit, actions) {
    const kicker = element("p", { class: "kicker" }, edit ? positionOf(shown, edit) : restCount(shown));
    const title = element("h2", { id: "card-title" }, edit ? RowbackEditWords.happened(edit) : words("rest_title"));
    return element(
      "div",
      { class: "head" },
      element("div", { class: "titles" }, kicker, title),
      iconButton("close", "card_close", "card_close_hint", actions.close),
    );
  }

  /**
   * Where among the marked edits it stands; it may have lost its place since.
   *
   * @param {Shown} shown
   * @param {Edit} edit
   */
  function positionOf({ anchored }, edit) {
    const block = words(RowbackEditWords.blockName(edit));
    const at = anchored.findIndex((each) => each.edit.id === edit.id);
    return at < 0 ? block : words("card_kicker", block, figure(at + 1), figure(anchored.length));
  }

  /** @param {Shown} shown */
  function restCount({ unplaced, answer }) {
    return count("rest_kicker", unplaced.length + answer.passing.length);
  }

  /** @param {Shown} shown @param {Edit | null} edit @param {number} stops @param {Actions} actions */
  function footer({ unplaced, answer }, edit, stops, { step, goToRest, openHistory }) {
    const pieces = [];
    if (stops > 1) {
      pieces.push(iconButton("previous", "card_previous", "card_previous", () => step(-1)));
      pieces.push(iconButton("next", "card_next", "card_next", () => step(1)));
    }
    if (edit && unplaced.length) {
      pieces.push(button({ class: "text-button" }, goToRest, count("unplaced_link", unplaced.length)));
    }
    pieces.push(element("span", { class: "spacer" }));
    if (answer.article.has_history) {
      const attributes = { class: "text-button", role: "link", title: words("card_history_hint") };
      pieces.push(button(attributes, openHistory, words("card_history")));
    }
    return element("div", { class: "foot" }, ...pieces);
  }

  /** @param {string} name @param {string} label @param {string} hint @param {() => void} act */
  function iconButton(name, label, hint, act) {
    return button({ class: "icon-button", "aria-label": words(label), title: words(hint) }, act, icon(name));
  }

  return { build };
})();
