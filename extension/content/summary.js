/**
 * The line by the headline: how often the article changed, and when last. A click opens the first edit; beside it stands
 * the choice of how much is shown.
 */
var RowbackSummary = (() => {
  const { element, icon, button } = RowbackNodes;
  const { count, ago, exactly } = RowbackWords;
  const GAP = 10;
  const EDGE = 12;

  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

  /**
   * @typedef {object} Told
   * @property {import("../shared/contract.js").Answer} answer
   * @property {Element | null} headline
   * @property {() => void} open
   * @property {import("../shared/contract.js").Mode} mode
   * @property {(mode: import("../shared/contract.js").Mode) => void} setMode
   */

  /**
   * @param {Told} told
   * @param {RowbackOverlayHandle} overlay
   * @param {AbortSignal} signal
   */
  function show({ answer, headline, open, mode, setMode }, overlay, signal) {
    const changed = answer.article.last_changed_at ?? answer.versions.at(-1)?.seen_at ?? null;
    const changes = Math.max(0, answer.article.version_count - 1);
    const text = changed ? count("summary", changes, ago(changed, Date.now())) : count("summary_undated", changes);
    const line = button(
      { "data-role": "summary", "aria-haspopup": "dialog", title: changed && exactly(changed) },
      open, icon("history"), element("span", {}, text),
    );
    const modes = RowbackModeMenu.build(mode, setMode, signal);
    const chip = element("div", { class: "summary" }, line, modes);
    overlay.root.prepend(chip);
    signal.addEventListener("abort", () => chip.remove());
    return {
      node: line,
      modes: modes.querySelector("button"),
      /** Places the line and says where it is. @returns {Box} */
      place: () => placeBy(chip, headline, overlay.origin()),
    };
  }

  /** @param {HTMLElement} chip @param {Element | null} headline @param {{x: number, y: number}} origin @returns {Box} */
  function placeBy(chip, headline, origin) {
    const { width, height } = chip.getBoundingClientRect();
    const spot = headline && spotBy(headline, width, height);
    chip.classList.toggle("in-corner", !spot);
    chip.style.transform = spot ? `translate(${Math.round(spot.x - origin.x)}px, ${Math.round(spot.y - origin.y)}px)` : "none";
    const { left, top, right, bottom } = chip.getBoundingClientRect();
    return { left, top, right, bottom };
  }

  /** After the headline's last line, else below it, else above it; null where it would cover something.
   * @param {Element} headline @param {number} width @param {number} height */
  function spotBy(headline, width, height) {
    const range = new Range();
    range.selectNodeContents(headline);
    const lines = [...range.getClientRects()].filter((line) => line.width > 1 && line.height > 1);
    const last = lines.at(-1);
    if (!last) return null;
    const isMirrored = RowbackPlace.isRightToLeft(headline);
    const all = range.getBoundingClientRect();
    const start = isMirrored ? all.right - width : all.left;
    const spots = [
      { x: isMirrored ? last.left - GAP - width : last.right + GAP, y: last.top + (last.height - height) / 2 },
      { x: start, y: all.bottom + 4 },
      { x: start, y: all.top - height - 4 },
    ];
    return spots.find((spot) => fits(spot, width, height, headline)) ?? null;
  }

  /** @param {{x: number, y: number}} spot @param {number} width @param {number} height @param {Element} headline */
  function fits({ x, y }, width, height, headline) {
    if (x < EDGE || x + width > RowbackPlace.viewportWidth() - EDGE || y + scrollY < 0) return false;
    const across = [0, 0.25, 0.5, 0.75, 1].map((part) => x + part * width);
    // Out of view it cannot be tested; it is placed again when it comes into view.
    return [y + 1, y + height - 1].every((line) => across.every((point) => RowbackPlace.isFree(point, line, headline) !== false));
  }

  return { show };
})();
