/**
 * Keeps what stands at the text from lying over bars that the page pins to the window's edges: it goes under them as the
 * text does.
 */
var RowbackCover = (() => {
  /** Of the window's height. Something taller is no bar. */
  const TALLEST_BAR = 0.4;
  /** Beyond every page, in pixels. */
  const FAR = 1e7;

  /**
   * @param {() => HTMLElement[]} layers of our element, without a size or place of their own
   * @param {RowbackOverlayHandle} overlay
   * @param {AbortSignal} signal
   */
  function open(layers, overlay, signal) {
    /** @type {{top: number | null, bottom: number | null}} */
    let bars = { top: null, bottom: null };
    let isDue = false;

    const clip = () => {
      const { y } = overlay.origin();
      const top = bars.top === null ? -FAR : bars.top - y;
      const bottom = bars.bottom === null ? FAR : bars.bottom - y;
      const path = bars.top === null && bars.bottom === null
        ? "none" : `polygon(${-FAR}px ${top}px, ${FAR}px ${top}px, ${FAR}px ${bottom}px, ${-FAR}px ${bottom}px)`;
      for (const layer of layers()) layer.style.clipPath = path;
    };
    addEventListener("scroll", () => {
      if (isDue || (bars.top === null && bars.bottom === null)) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        if (!signal.aborted) clip();
      });
    }, { signal, passive: true });

    /** Looks for bars anew. */
    return () => {
      bars = { top: barAt(2)?.bottom ?? null, bottom: barAt(innerHeight - 2)?.top ?? null };
      clip();
    };
  }

  /** The pinned bar at a height in the window. @param {number} y @returns {DOMRect | null} */
  function barAt(y) {
    const hit = document.elementsFromPoint(RowbackPlace.viewportWidth() / 2, y).find((element) => element.localName !== "rowback-overlay");
    for (let element = hit ?? null; element; element = element.parentElement) {
      if (!/fixed|sticky/.test(getComputedStyle(element).position)) continue;
      const box = element.getBoundingClientRect();
      return box.height < TALLEST_BAR * innerHeight ? box : null;
    }
    return null;
  }

  return { open };
})();
