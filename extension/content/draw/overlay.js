/**
 * Our one element in the page: `<rowback-overlay>` with an open shadow root. All that we draw stands in it, but for the
 * track changes of `inline.js` and the paint of `paint.js`.
 *
 * It takes no room: everything in it is placed over the page. A page that removes it gets it back a few times, then is
 * left in peace.
 */
/**
 * @typedef {object} RowbackOverlayHandle
 * @property {HTMLElement} host
 * @property {ShadowRoot} root
 * @property {() => void} setReady says to those who look on that all is placed
 * @property {() => void} setDirection as our messages run; to be called once they are there
 * @property {(found: number, all: number) => void} setAnchored
 * @property {(mode: string) => void} setMode
 * @property {(text: string, isShown?: boolean) => void}
 *   say to screen readers; `isShown`: to the eye as well, for a moment
 * @property {() => HTMLElement[]} layers what stands at the page's text, and moves with it
 * @property {() => number} scale the reader's size of text, as a share of what browsers come with; never less than 1
 * @property {() => {x: number, y: number}} origin where our coordinates begin, in the viewport's
 */

var RowbackOverlay = (() => {
  const NAME = "rowback-overlay";
  const LAYERS = ".strokes, .badges, .summary:not(.in-corner)";
  const USUAL_PX = 16;
  /** Frameworks that tidy the document do so once or twice; a page that does it more often means it. */
  const MAX_RETURNS = 4;
  const RETURN_MS = 250;
  /** Long enough to read a short sentence twice. */
  const SAID_MS = 3_000;

  /**
   * @param {AbortSignal} signal takes the element away again
   * @returns {RowbackOverlayHandle}
   */
  function open(signal) {
    const { host, root } = RowbackOwnElement.build(NAME, RowbackOwnElement.sheetOf(RowbackOverlayStyle));
    removeLeftOver();
    document.documentElement.append(host);
    const undoZoom = once(() => {
      // A page that zooms its root element would zoom our measures, too.
      const zoom = document.documentElement.currentCSSZoom ?? 1;
      const undone = RowbackOwnElement.sheetOf(`:host { zoom: ${1 / zoom} !important; }`);
      if (zoom !== 1) root.adoptedStyleSheets = [...root.adoptedStyleSheets, undone];
    });
    keepAttached(host, signal);
    signal.addEventListener("abort", () => host.remove());
    return {
      host,
      root,
      setReady: () => host.setAttribute("data-state", "ready"),
      setDirection: () => host.setAttribute("dir", RowbackMessages.direction()),
      setAnchored: (found, all) => host.setAttribute("data-anchored", `${found}/${all}`),
      setMode: (mode) => host.setAttribute("data-mode", mode),
      say: sayer(root, signal),
      layers: () => [...root.querySelectorAll(LAYERS)].filter((layer) => layer instanceof HTMLElement),
      // A page may have taken us away: what is in no document has no style.
      scale: () => Math.max(1, (parseFloat(getComputedStyle(host).fontSize) || USUAL_PX) / USUAL_PX),
      origin: () => {
        undoZoom();
        const { left, top } = host.getBoundingClientRect();
        return { x: left, y: top };
      },
    };
  }

  /**
   * At the first placing, when the layout is read anyway: asked earlier, it would be made early.
   *
   * @param {() => void} act
   */
  function once(act) {
    let isDone = false;
    return () => {
      if (!isDone) act();
      isDone = true;
    };
  }

  /** A live region must stand before it speaks. @param {ShadowRoot} root @param {AbortSignal} signal */
  function sayer(root, signal) {
    const region = document.createElement("p");
    region.className = "said";
    region.setAttribute("role", "status");
    root.append(region);
    let timer = 0;
    signal.addEventListener("abort", () => clearTimeout(timer));
    /** @param {string} text @param {boolean} [isShown] */
    return (text, isShown = false) => {
      region.textContent = text;
      region.classList.toggle("shown", isShown);
      clearTimeout(timer);
      timer = setTimeout(() => region.classList.remove("shown"), SAID_MS);
    };
  }

  /** What an earlier run left, whose extension context is gone and cannot tidy up. */
  function removeLeftOver() {
    for (const child of [...document.documentElement.children]) {
      if (child.localName === NAME) child.remove();
    }
  }

  /** @param {Element} host @param {AbortSignal} signal */
  function keepAttached(host, signal) {
    let returns = 0;
    const observer = new MutationObserver((records) => {
      // Put elsewhere is taken away too: there, the page lies over it or what it hides takes us along.
      const wasMoved = records.some(({ removedNodes }) => [...removedNodes].includes(host));
      if (host.isConnected && !wasMoved) return;
      observer.disconnect();
      if (returns >= MAX_RETURNS) return;
      returns += 1;
      setTimeout(comeBack, RETURN_MS * returns);
    });
    const comeBack = () => {
      if (signal.aborted || !document.documentElement) return;
      document.documentElement.append(host);
      watch();
    };
    const watch = () => {
      // The document too: some pages replace their root element.
      observer.observe(document, { childList: true });
      observer.observe(document.documentElement, { childList: true });
    };
    watch();
    signal.addEventListener("abort", () => observer.disconnect());
  }

  return { open };
})();
