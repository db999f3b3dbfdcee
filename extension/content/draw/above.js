/**
 * What of the page lies above our element at a point of the window. Ours is the last of the page's layers, so that few
 * things can: what the browser puts on top (dialogs, popovers, full screen), what comes after it in the root element,
 * and, where we are hidden, anything.
 */
var RowbackAbove = (() => {
  const ON_TOP = ":modal, :popover-open, :fullscreen";
  const OURS = ".badge, .summary, .card, .said, .link-mark, .probe";

  /**
   * To ask about several points of one moment.
   *
   * @param {Element} host
   * @param {ShadowRoot} root
   */
  function now(host, root) {
    const layers = layersAbove(host);
    const panes = once(() => [
      ...layers.flatMap((layer) => RowbackGlass.panesOf(layer, layer.matches(ON_TOP))),
      ...lastPseudo(),
    ]);
    return {
      /** @param {number} x @param {number} y @returns {Element | null} */
      at: (x, y) => {
        const hit = document.elementFromPoint(x, y);
        if (hit !== host) return hit ?? document.documentElement;
        if (!root.elementFromPoint(x, y)?.closest(OURS)) return host;
        return panes().find(({ box }) => isIn(box, x, y))?.element ?? null;
      },
      /** Whether an element is above us by its place alone. @param {Element} element */
      isAbove: (element) => layers.some((layer) => RowbackLayout.holds(layer, element)),
    };
  }

  /** @param {Element} host @returns {Element[]} */
  function layersAbove(host) {
    // The whole page may be in full screen, and we in it.
    const layers = [...document.querySelectorAll(ON_TOP)].filter((element) => !element.contains(host));
    for (let next = host.nextElementSibling; next; next = next.nextElementSibling) layers.push(next);
    return layers;
  }

  /** The root element's last pseudo-element comes after us. */
  function lastPseudo() {
    const element = document.documentElement;
    const box = RowbackGlass.pseudoBox(element, "::after");
    return box ? [{ element, box }] : [];
  }

  /** @template T @param {() => T} make */
  function once(make) {
    /** @type {{made: T} | null} */
    let kept = null;
    return () => {
      kept ??= { made: make() };
      return kept.made;
    };
  }

  /** @param {{left: number, top: number, right: number, bottom: number}} box @param {number} x @param {number} y */
  function isIn({ left, top, right, bottom }, x, y) {
    return x >= left && x < right && y >= top && y < bottom;
  }

  return { now };
})();
