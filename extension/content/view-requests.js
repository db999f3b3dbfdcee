/** What the worker asks of a page's text, and of what is shown on it. */
var RowbackViewRequests = (() => {
  /** @typedef {ReturnType<typeof RowbackShow.open> | null} View */

  /** @param {any} message @param {View} view @returns {unknown} */
  function hear(message, view) {
    if (message.name === "snapshot") return RowbackSnapshot.take(document, location);
    if (message.name === "set-mode") return view?.setMode(message.mode) ?? null;
    if (message.name === "open-first") return view?.openFirst();
    if (message.name === "open-edit") return openEdit(message, view);
    if (message.name === "step") return view?.step(message.by === -1 ? -1 : 1);
    return undefined;
  }

  /** @param {{id: unknown, exact: unknown}} message @param {View} view @returns {boolean} whether it is on the page */
  function openEdit({ id, exact }, view) {
    return (view?.openEdit(String(id)) ?? false) || RowbackReveal.reveal(String(exact ?? ""));
  }

  return { hear };
})();
