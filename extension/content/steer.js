/**
 * Opens cards from outside the page, by what the overlay shows: its badges, in the page's order, are the edits that
 * have a place here. Knows nothing of how a card is made.
 */
var RowbackSteer = (() => {
  /** @param {RowbackOverlayHandle | null} overlay @returns {HTMLElement[]} */
  function badgesOf(overlay) {
    return overlay
      ? Array.from(overlay.root.querySelectorAll("[data-edit]")).filter((badge) => badge instanceof HTMLElement)
      : [];
  }

  /** @param {RowbackOverlayHandle | null} overlay */
  function placed(overlay) {
    return badgesOf(overlay).map((badge) => String(badge.getAttribute("data-edit")));
  }

  /** @param {HTMLElement} badge of the open card */
  function isOpen(badge) {
    return badge.classList.contains("current");
  }

  /** @param {RowbackOverlayHandle | null} overlay @param {string} id @returns {boolean} whether it has a place here */
  function open(overlay, id) {
    const badge = badgesOf(overlay).find((one) => one.getAttribute("data-edit") === id);
    // A click on the badge of the open card would close it.
    if (badge && !isOpen(badge)) badge.click();
    return badge !== undefined;
  }

  /**
   * To the next edit, or the one before; the first or the last where no card is open.
   *
   * @param {RowbackOverlayHandle | null} overlay
   * @param {1 | -1} by
   */
  function step(overlay, by) {
    const badges = badgesOf(overlay);
    const at = badges.findIndex(isOpen);
    const next = at < 0 ? badges.at(by > 0 ? 0 : -1) : badges[(at + by + badges.length) % badges.length];
    if (next && !isOpen(next)) next.click();
  }

  return { placed, open, step };
})();
