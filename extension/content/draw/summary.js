/**
 * The line by the headline: how often the article changed, and when last. A click opens the first edit; beside it
 * stands the choice of how much is shown.
 */
var RowbackSummary = (() => {
  const { element, icon, button } = RowbackNodes;
  const GAP = 10;
  const EDGE = 12;
  /** From the window's edges, where it finds no place at the headline. */
  const CORNER = 16;
  /** In pixels: as far as it may reach over a line's own height, beside it. Further, other lines are in the way. */
  const TALLER = 8;
  /** Elements after the headline that may still belong to it. */
  const FOLLOWING = 3;

  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
  /**
   * @typedef {{x: number, y: number, block: Element}} Spot
   *   `block`: beside whose text it is, in the blank of which it may stand
   */

  /**
   * @typedef {object} Shown
   * @property {import("../../shared/contract.js").PageWords} told
   * @property {() => Element | null} headlineOf asked once, when the page's layout may be read
   * @property {() => void} open
   * @property {import("../../shared/contract.js").Mode} mode
   * @property {(mode: import("../../shared/contract.js").Mode) => void} setMode
   */

  /**
   * @param {Shown} shown
   * @param {RowbackOverlayHandle} overlay
   * @param {AbortSignal} signal
   */
  function show({ told, headlineOf, open, mode, setMode }, overlay, signal) {
    const line = button(
      { "data-role": "summary", "aria-haspopup": "dialog", title: told.changed },
      open,
      icon("history"),
      element("span", {}, told.summary),
    );
    const modes = RowbackModeMenu.build(mode, setMode, signal);
    const chip = element("div", { class: "summary unplaced" }, line, modes);
    overlay.root.prepend(chip);
    signal.addEventListener("abort", () => chip.remove());
    /** @type {Element | null | undefined} */
    let headline;
    let chosen = -1;
    /**
     * The window's width for which a spot was chosen in view. It is kept then: a bar over the headline does not move
     * us.
     */
    let sureFor = 0;
    return {
      node: line,
      modes: modes.querySelector("button"),
      /** Reads where the line goes: its box in our own coordinates, and what writes it.
       * @returns {{box: Box, write: () => void}} */
      place: () => {
        headline ??= headlineOf();
        const title = headline;
        const { width, height } = chip.getBoundingClientRect();
        const spots = title ? spotsBy(title, width, height) : [];
        const viewport = RowbackLayout.viewportWidth();
        if (title && sureFor !== viewport) {
          chosen = spots.findIndex((one) => fits(one, width, height));
          if (chosen !== -1 && isInView(spots[chosen], height)) sureFor = viewport;
        }
        const spot = /** @type {Spot | undefined} */ (spots[chosen]);
        const { x, y } = overlay.origin();
        const at = spot ? `translate(${Math.round(spot.x - x)}px, ${Math.round(spot.y - y)}px)` : "none";
        const { x: left, y: top } = spot ?? corner(chip, width, height);
        return { box: boxAt({ x: left - x, y: top - y }, width, height), write: () => put(chip, at) };
      },
    };
  }

  /** @param {HTMLElement} chip @param {string} at */
  function put(chip, at) {
    chip.classList.remove("unplaced");
    chip.classList.toggle("in-corner", at === "none");
    chip.style.transform = at;
  }

  /** @param {{x: number, y: number}} spot @param {number} width @param {number} height @returns {Box} */
  function boxAt({ x, y }, width, height) {
    return { left: x, top: y, right: x + width, bottom: y + height };
  }

  /** As the style sheet says. @param {HTMLElement} chip @param {number} width @param {number} height */
  function corner(chip, width, height) {
    const x = RowbackLayout.isRightToLeft(chip) ? CORNER : RowbackLayout.viewportWidth() - CORNER - width;
    return { x, y: innerHeight - CORNER - height };
  }

  /**
   * After the headline's last line, else below it, else above it, else after the lines that follow it (standfirst,
   * byline). Of vertical lines, below their ends or above their beginnings.
   *
   * @param {Element} headline
   * @param {number} width
   * @param {number} height
   * @returns {Spot[]}
   */
  function spotsBy(headline, width, height) {
    const range = new Range();
    range.selectNodeContents(headline);
    const last = RowbackLayout.lastLine(range);
    if (!last) return [];
    const isMirrored = RowbackLayout.isRightToLeft(headline);
    const all = range.getBoundingClientRect();
    const start = isMirrored ? all.right - width : all.left;
    if (RowbackLayout.isVertical(headline)) {
      const x = last.left + last.width / 2 - width / 2;
      return [
        { x, y: all.bottom + 4, block: headline },
        { x, y: all.top - height - 4, block: headline },
      ];
    }
    const column = headline.getBoundingClientRect();
    const lines = [{ line: last, block: headline }, ...linesAfter(headline)]
      .filter(({ line }) => height <= line.height + TALLER)
      .map(({ line, block }) => ({ ...besides(line, width, height, isMirrored), block }));
    const atTitle = lines.filter(({ block }) => block === headline);
    return [
      ...atTitle,
      { x: start, y: all.bottom + 4, block: headline },
      { x: start, y: all.top - height - 4, block: headline },
      { x: isMirrored ? column.left : column.right - width, y: all.top - height - 4, block: headline },
      ...lines.slice(atTitle.length),
    ];
  }

  /** @param {{y: number}} spot @param {number} height */
  function isInView({ y }, height) {
    return y >= 0 && y + height <= innerHeight;
  }

  /** @param {DOMRect} line @param {number} width @param {number} height @param {boolean} isMirrored */
  function besides(line, width, height, isMirrored) {
    return { x: isMirrored ? line.left - GAP - width : line.right + GAP, y: line.top + (line.height - height) / 2 };
  }

  /**
   * The last line of each of the next few elements.
   *
   * @param {Element} headline
   * @returns {{line: DOMRect, block: Element}[]}
   */
  function linesAfter(headline) {
    const lines = [];
    let next = headline.nextElementSibling ?? headline.parentElement?.nextElementSibling ?? null;
    for (let count = 0; next && count < FOLLOWING; count += 1, next = next.nextElementSibling) {
      const range = new Range();
      range.selectNodeContents(next);
      const line = RowbackLayout.lastLine(range);
      if (line) lines.push({ line, block: next });
    }
    return lines;
  }

  /** @param {Spot} spot @param {number} width @param {number} height */
  function fits({ x, y, block }, width, height) {
    if (x < EDGE || x + width > RowbackLayout.viewportWidth() - EDGE || y + scrollY < 0) return false;
    const across = [0, 0.25, 0.5, 0.75, 1].map((part) => x + part * width);
    // Out of view it cannot be tested; it is placed again when it comes into view.
    return [y + 1, y + height - 1].every((line) =>
      across.every((point) => RowbackLayout.isFree(point, line, block) !== false),
    );
  }

  return { show };
})();
