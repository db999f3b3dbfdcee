/**
 * Keeps what stands at the text from lying over bars that the page pins to the window's edges: it goes under them as
 * the text does.
 */
var RowbackCover = (() => {
  /** Of the window's height. Something taller is no bar. */
  const TALLEST_BAR = 0.4;
  /** Beyond every page, in pixels. */
  const FAR = 1e7;

  /**
   * @param {() => HTMLElement[]} layers parts of our element that stand at the text
   * @param {AbortSignal} signal
   */
  function open(layers, signal) {
    /** @type {{top: number | null, bottom: number | null}} */
    let bars = { top: null, bottom: null };
    let isDue = false;

    const clip = () => {
      const all = layers();
      const paths = all.map((layer) => pathFor(layer, bars));
      all.forEach((layer, number) => (layer.style.clipPath = paths[number]));
    };
    addEventListener(
      "scroll",
      () => {
        if (isDue || (bars.top === null && bars.bottom === null)) return;
        isDue = true;
        requestAnimationFrame(() => {
          isDue = false;
          if (!signal.aborted) clip();
        });
      },
      { signal, passive: true },
    );

    return {
      /** Looks for bars anew; the answer writes. */
      look: () => {
        bars = { top: barAt(2)?.bottom ?? null, bottom: barAt(innerHeight - 2)?.top ?? null };
        return clip;
      },
      /** What the bars leave of the window's height. */
      room: () => bars,
    };
  }

  /**
   * What is left of a layer between the bars.
   *
   * @param {HTMLElement} layer
   * @param {{top: number | null, bottom: number | null}} bars
   */
  function pathFor(layer, bars) {
    if (bars.top === null && bars.bottom === null) return "none";
    const { top: own } = layer.getBoundingClientRect();
    const [top, bottom] = [bars.top === null ? -FAR : bars.top - own, bars.bottom === null ? FAR : bars.bottom - own];
    return `polygon(${-FAR}px ${top}px, ${FAR}px ${top}px, ${FAR}px ${bottom}px, ${-FAR}px ${bottom}px)`;
  }

  /** The pinned bar at a height in the window. @param {number} y @returns {DOMRect | null} */
  function barAt(y) {
    const hit = document
      .elementsFromPoint(RowbackLayout.viewportWidth() / 2, y)
      .find((element) => element.localName !== "rowback-overlay");
    for (let element = hit ?? null; element; element = element.parentElement) {
      if (!/fixed|sticky/.test(getComputedStyle(element).position)) continue;
      const box = element.getBoundingClientRect();
      return box.height < TALLEST_BAR * innerHeight ? box : null;
    }
    return null;
  }

  return { open };
})();
