/**
 * Builds the nodes of our own interface, on a page as on our own pages. Text only ever becomes text. A classic file, as
 * `messages.js` is: content scripts cannot import.
 */
var RowbackNodes = (() => {
  const { listen } = RowbackListen;
  const SVG = "http://www.w3.org/2000/svg";
  /** Drawn for a 16 × 16 field, stroked in the text's colour. */
  const ICONS = /** @type {Record<string, string>} */ ({
    change: "M3 13l.7-3L10.6 3.1a1.2 1.2 0 0 1 1.7 0l.6.6a1.2 1.2 0 0 1 0 1.7L6 12.3z M9.3 4.4l2.3 2.3",
    insert: "M8 3.2v9.6 M3.2 8h9.6",
    delete: "M3.2 8h9.6",
    move: "M8 2.5v11 M5 5.3l3-2.8 3 2.8 M5 10.7l3 2.8 3-2.8",
    split: "M8 2.5v4 M8 6.5L4 12.5 M8 6.5l4 6 M4 9.6v2.9h2.9 M12 9.6v2.9H9.1",
    merge: "M4 3l4 6 4-6 M8 9v4.5 M6 11.5l2 2 2-2",
    close: "M4 4l8 8 M12 4l-8 8",
    previous: "M10 3.5L5.5 8l4.5 4.5",
    next: "M6 3.5L10.5 8 6 12.5",
    copy: "M6 6h7v7.5H6z M10 6V2.5H3v7.5h3",
    eye: "M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8z M8 6.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2z",
    history: "M8 4.5V8l2.4 1.6 M2.8 8a5.2 5.2 0 1 0 1.6-3.7L2.8 5.8 M2.8 2.8v3h3",
  });

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} name
   * @param {Record<string, string | boolean | null>} attributes `true`: set without a value; `false`, null: left out
   * @param {...(Node | string | null)} children strings become text nodes
   * @returns {HTMLElementTagNameMap[K]}
   */
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  /** @param {string} name */
  function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    if (name === "previous" || name === "next") svg.setAttribute("class", "directional");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  }

  /**
   * A button that acts on a click; `act` may be asynchronous.
   *
   * @param {Record<string, string | boolean | null>} attributes
   * @param {() => void} act
   * @param {...(Node | string | null)} children
   */
  function button(attributes, act, ...children) {
    const made = element("button", { type: "button", ...attributes }, ...children);
    listen(made, "click", act);
    return made;
  }

  return { element, icon, listen, button };
})();
globalThis.RowbackNodes = RowbackNodes;
