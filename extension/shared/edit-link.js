/**
 * The way to an edit's own page at the backend, as nodes: where its address stands, and what is shared of it. A classic
 * file, as `messages.js` is: content scripts cannot import.
 */
var RowbackEditLink = (() => {
  const { element, icon, button } = RowbackNodes;
  const { words } = RowbackMessages;

  /** @typedef {import("./contract.js").Edit} Edit */
  /** @typedef {import("./contract.js").EditLinkActions} EditLinkActions */

  /**
   * Null for an edit without a page of its own. A page that is read is not told where the backend is, so that nothing
   * is copied there: the edit's page has its address to copy.
   *
   * @param {Edit} edit
   * @param {boolean} isListed whether others than those who sign in may see the article
   * @param {EditLinkActions} actions
   */
  function view({ name }, isListed, { openPage, copyLink }) {
    if (name === null) return null;
    const open = button(
      { class: "text-button", role: "link", title: words("edit_link_hint") },
      () => openPage(name),
      words("edit_link"),
    );
    const copy =
      copyLink &&
      button({ class: "text-button copy-link" }, () => copyLink(name), icon("copy"), words("edit_link_copy"));
    const note = isListed ? null : element("p", { class: "note" }, words("edit_link_unlisted"));
    return element("div", { class: "edit-link" }, element("p", {}, open, copy ?? null), note);
  }

  return { view };
})();
globalThis.RowbackEditLink = RowbackEditLink;
