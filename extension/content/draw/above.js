/**
 * What of the page lies above our element at a point of the window. Ours is the last of the page's layers, so that few
 * things can: what the browser puts on top (dialogs, popovers, full screen), what comes after it in the root element,
 * and, where we are hidden, anything.
 */
var RowbackAbove = (() => {
  const ON_TOP = ":modal, :popover-open, :fullscreen";
  const OURS = ".badge, .summary, .card, .said, .link-mark, .probe";
  const PICTURE = "img, picture, video, canvas, svg, iframe, object, embed";
  /** Elements of the page above us that let the mouse through: more are not looked into. */
  const MOST = 300;

  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

  /**
   * To ask about several points of one moment.
   *
   * @param {Element} host
   * @param {ShadowRoot} root
   */
  function now(host, root) {
    const layers = layersAbove(host);
    /** @type {Element[] | null} */
    let glass = null;
    /** @type {Box | null | undefined} */
    let pseudo;
    /** @param {number} x @param {number} y */
    const isUnderPseudo = (x, y) => {
      if (pseudo === undefined) pseudo = lastPseudo();
      return pseudo !== null && isIn(pseudo, x, y);
    };
    return {
      /** @param {number} x @param {number} y @returns {Element | null} */
      at: (x, y) => {
        const hit = document.elementFromPoint(x, y);
        if (hit !== host) return hit ?? document.documentElement;
        if (!root.elementFromPoint(x, y)?.closest(OURS)) return host;
        glass ??= layers.flatMap(paintedGlass).slice(0, MOST);
        return (
          glass.find((element) => isIn(element.getBoundingClientRect(), x, y)) ??
          layers.find((layer) => hasBackdrop(layer)) ??
          (isUnderPseudo(x, y) ? document.documentElement : null)
        );
      },
      /** Whether what was found there is above us by its place alone. @param {Element} element @param {number} x
       * @param {number} y */
      isAbove: (element, x, y) =>
        element === document.documentElement
          ? isUnderPseudo(x, y)
          : layers.some((layer) => RowbackLayout.holds(layer, element)),
    };
  }

  /** @param {Element} host @returns {Element[]} */
  function layersAbove(host) {
    // The whole page may be in full screen, and we in it.
    const layers = [...document.querySelectorAll(ON_TOP)].filter((element) => !element.contains(host));
    for (let next = host.nextElementSibling; next; next = next.nextElementSibling) layers.push(next);
    return layers;
  }

  /** What the mouse goes through and the eye does not. @param {Element} layer @returns {Element[]} */
  function paintedGlass(layer) {
    return [layer, ...layer.querySelectorAll("*")].slice(0, MOST).filter((element) => {
      const style = getComputedStyle(element);
      return style.pointerEvents === "none" && (element.matches(PICTURE) || isPainted(style)) && isShown(element);
    });
  }

  /** @param {Element} element */
  function isShown(element) {
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  /** @param {CSSStyleDeclaration} style */
  function isPainted({ backgroundColor, backgroundImage, opacity }) {
    return backgroundImage !== "none" || RowbackFaint.solidity(backgroundColor) * Number(opacity) > 0.5;
  }

  /** @param {Element} layer */
  function hasBackdrop(layer) {
    if (!layer.matches(ON_TOP)) return false;
    const style = getComputedStyle(layer, "::backdrop");
    return style.display !== "none" && isPainted(style);
  }

  /** The root element's last pseudo-element comes after us. @returns {Box | null} */
  function lastPseudo() {
    const style = getComputedStyle(document.documentElement, "::after");
    if (/^(?:none|normal)$/.test(style.content) || !/fixed|absolute/.test(style.position) || !isPainted(style))
      return null;
    const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
    const [x, y] = style.position === "fixed" ? [left, top] : [left - scrollX, top - scrollY];
    return { left: x, top: y, right: x + width, bottom: y + height };
  }

  /** @param {Box} box @param {number} x @param {number} y */
  function isIn({ left, top, right, bottom }, x, y) {
    return x >= left && x < right && y >= top && y < bottom;
  }

  return { now };
})();
