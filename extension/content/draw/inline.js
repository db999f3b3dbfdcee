/**
 * Track changes: what is gone, shown in its place in the text. The only file that puts nodes into the page's text, and
 * it takes every one of them away again, and joins the text that it parted.
 *
 * Each stands in an element with a shadow root, so that the page's text, as its scripts read it, stays the same.
 */
var RowbackInline = (() => {
  const NAME = "rowback-deletion";
  const STYLE = `
    /* Gone with the extension: see marks.css. */
    del {
      display: var(--rowback-live, none);
      text-decoration: line-through max(1px, 0.06em) color-mix(in srgb, currentColor 65%, transparent);
      border-radius: 2px;
      color: color-mix(in srgb, currentColor 55%, #c03328);
      background: rgb(205 70 60 / 14%);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    del.dotted { text-decoration-line: underline; text-underline-offset: -0.52em; text-decoration-skip-ink: none; }
    /* Before what came in its place, where lines run from right to left, too. */
    :host { margin-inline-end: 0.15em; unicode-bidi: isolate; }
    :host([block]) { display: block; margin: 0.6em 0; }
    @media print { del { display: none; } }
    @media (forced-colors: active) { del { color: GrayText; background: none; } }`;

  /** @typedef {{node: Text, offset: number, text: string, isBlock: boolean, after: boolean}} Missing */

  /**
   * @param {Missing[]} missing in the page's order
   * @param {AbortSignal} signal undoes it
   */
  function show(missing, signal) {
    const sheet = RowbackOwnElement.sheetOf(STYLE);
    /** @type {(() => void)[]} */
    const undo = [];
    // From the end, so that splitting a text leaves the places before it where they are.
    for (const one of [...missing].reverse()) {
      const host = elementFor(one, sheet);
      if (one.node.isConnected && one.offset <= one.node.length)
        undo.push(one.isBlock ? putBeside(host, one) : putInto(host, one));
    }
    signal.addEventListener("abort", () => undo.reverse().forEach((act) => act()));
  }

  /** @param {Missing} missing @param {CSSStyleSheet} sheet */
  function elementFor({ text, isBlock }, sheet) {
    const { host, root } = RowbackOwnElement.build(NAME, sheet);
    root.append(RowbackNodes.element("del", { dir: isBlock && "auto", ...RowbackEditWords.strike(text) }, text));
    if (isBlock) host.setAttribute("block", "");
    return host;
  }

  /** A whole block, inside the edge of its neighbour: lists and tables take nothing between their items.
   * @param {HTMLElement} host @param {Missing} missing */
  function putBeside(host, { node, after }) {
    const range = new Range();
    range.selectNode(node);
    const block = RowbackLayout.blockOf(range);
    if (after) block.append(host);
    else block.prepend(host);
    return () => host.remove();
  }

  /** @param {HTMLElement} host @param {Missing} missing */
  function putInto(host, { node, offset }) {
    if (offset === 0) node.before(host);
    else if (offset === node.length) node.after(host);
    else return putBetween(host, node, node.splitText(offset));
    return () => host.remove();
  }

  /** @param {HTMLElement} host @param {Text} first @param {Text} second once one text with the first */
  function putBetween(host, first, second) {
    second.before(host);
    return () => {
      const isWhole = host.previousSibling === first && host.nextSibling === second;
      host.remove();
      // Else the page has put something between them, and they are its own now.
      if (!isWhole) return;
      first.appendData(second.data);
      second.remove();
    };
  }

  return { show };
})();
