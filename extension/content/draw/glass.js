/**
 * What the mouse goes through and the eye does not, in layers of the page that lie above ours: asking what is at a
 * point does not find it. There are such layers on few pages.
 */
var RowbackGlass = (() => {
  const PICTURE = "img, picture, video, canvas, svg, iframe, object, embed";
  /** Elements of a layer. More are not looked into. */
  const MOST = 200;
  const SOLID = 0.5;

  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box in the window */
  /** @typedef {{element: Element, box: Box}} Pane */

  /**
   * @param {Element} layer
   * @param {boolean} isOnTop whether the browser put it there, with a backdrop
   * @returns {Pane[]}
   */
  function panesOf(layer, isOnTop) {
    const panes = elementsIn(layer).flatMap((element) => boxesOf(element).map((box) => ({ element, box })));
    const hasBackdrop = isOnTop && isPseudoPainted(getComputedStyle(layer, "::backdrop"));
    return hasBackdrop ? [...panes, { element: layer, box: everywhere() }] : panes;
  }

  /** With what stands in open shadow roots. @param {Element} layer */
  function elementsIn(layer) {
    const found = [layer];
    for (let at = 0; at < found.length && found.length < MOST; at += 1) {
      found.push(...found[at].children, ...(found[at].shadowRoot?.children ?? []));
    }
    return found.slice(0, MOST);
  }

  /** @param {Element} element @returns {Box[]} */
  function boxesOf(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
    const style = getComputedStyle(element);
    const own = element.getBoundingClientRect();
    const isPane = style.pointerEvents === "none" && (element.matches(PICTURE) || isPainted(style));
    const pseudos = ["::before", "::after"].map((name) => pseudoBox(element, name));
    return [...(isPane ? [own] : []), ...aroundBoxes(style, own), ...pseudos.filter((box) => box !== null)];
  }

  /**
   * What is painted around an element: its shadows, and its outline.
   *
   * @param {CSSStyleDeclaration} style
   * @param {Box} own
   * @returns {Box[]}
   */
  function aroundBoxes({ boxShadow, outlineStyle, outlineColor, outlineWidth, outlineOffset }, own) {
    const shadows = [
      ...boxShadow.matchAll(/([a-z-]+\([^)]*\)) ([-\d.]+)px ([-\d.]+)px [-\d.]+px ([-\d.]+)px(?! inset)/g),
    ]
      .filter(([, colour]) => RowbackFaint.solidity(colour) > SOLID)
      .map(([, , x, y, spread]) => moved(own, Number(x), Number(y), Number(spread)));
    if (outlineStyle === "none" || RowbackFaint.solidity(outlineColor) <= SOLID) return shadows;
    return [...shadows, moved(own, 0, 0, parseFloat(outlineWidth) + parseFloat(outlineOffset))];
  }

  /** @param {Box} box @param {number} x @param {number} y @param {number} wider @returns {Box} */
  function moved({ left, top, right, bottom }, x, y, wider) {
    return { left: left + x - wider, top: top + y - wider, right: right + x + wider, bottom: bottom + y + wider };
  }

  /**
   * Of one that is placed by itself. Where it stands can be told of what is pinned to the window; else it counts as
   * everywhere if it is as large as half of that.
   *
   * @param {Element} element
   * @param {string} name
   * @returns {Box | null}
   */
  function pseudoBox(element, name) {
    const style = getComputedStyle(element, name);
    if (style.pointerEvents !== "none" || !/fixed|absolute/.test(style.position) || !isPseudoPainted(style))
      return null;
    const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
    if (style.position === "fixed") return { left, top, right: left + width, bottom: top + height };
    return width * height * 2 > innerWidth * innerHeight ? everywhere() : null;
  }

  /** @param {CSSStyleDeclaration} style */
  function isPseudoPainted(style) {
    return style.display !== "none" && style.content !== "none" && isPainted(style);
  }

  /** @param {CSSStyleDeclaration} style */
  function isPainted({ backgroundColor, backgroundImage, opacity }) {
    return backgroundImage !== "none" || RowbackFaint.solidity(backgroundColor) * Number(opacity) > SOLID;
  }

  function everywhere() {
    return { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  }

  return { panesOf, pseudoBox };
})();
