/**
 * Reads the backend's diff markup into plain values. Pure; knows no DOM, so nothing in a markup can ever become one.
 * A classic file, as `messages.js` is: content scripts cannot import.
 *
 * Grammar: one or more blocks `<p>…</p>` (or another block element); in each, text, `<ins>text</ins>` and
 * `<del>text</del>`. No attributes, no nesting, entities for characters only. Anything else and all of it is refused.
 */
var RowbackMarkup = (() => {
  const TOKEN = /<(\/?)([a-z][a-z0-9]*)>|([^<]+)/gy;
  /** `div` stands for a table row, which cannot stand outside its table. */
  const BLOCK = /^(?:h[1-6]|p|li|blockquote|figcaption|pre|tr|div)$/;
  const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));|&/gi;
  /** @type {Record<string, string>} */
  const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

  /** @typedef {{op: "same" | "ins" | "del", text: string}} Segment */
  /** @typedef {{kind: string, segments: Segment[]}} Block */

  /**
   * @param {string} markup
   * @returns {Block[] | null} null when it is not exactly what the grammar allows
   */
  function parse(markup) {
    /** @type {Block[]} */
    const blocks = [];
    /** @type {string[]} */
    const open = [];
    let read = 0;
    for (const [token, slash, name, text] of markup.matchAll(TOKEN)) {
      read += token.length;
      if (text !== undefined) {
        const plain = decode(text);
        if (plain === null || !addText(blocks, open, plain)) return null;
      } else if (slash) {
        if (open.pop() !== name) return null;
      } else {
        if (!mayOpen(open, name)) return null;
        open.push(name);
        if (BLOCK.test(name)) blocks.push({ kind: name, segments: [] });
      }
    }
    return read === markup.length && !open.length && blocks.length ? blocks : null;
  }

  /** @param {string[]} open @param {string} name */
  function mayOpen(open, name) {
    return open.length === 0 ? BLOCK.test(name) : open.length === 1 && (name === "ins" || name === "del");
  }

  /** @param {Block[]} blocks @param {string[]} open @param {string} text */
  function addText(blocks, open, text) {
    // White space between blocks is layout of the markup; words there belong to no block.
    if (!open.length) return text.trim() === "";
    const op = /** @type {Segment["op"]} */ (open[1] ?? "same");
    const { segments } = blocks[blocks.length - 1];
    segments.push({ op, text });
    return true;
  }

  /** @param {string} text @returns {string | null} null for an entity that is none */
  function decode(text) {
    let isSound = true;
    const plain = text.replace(ENTITY, (entity, named, decimal, hex) => {
      if (named) return NAMED[named.toLowerCase()];
      const code = decimal ? parseInt(decimal, 10) : parseInt(hex, 16);
      if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
      isSound = false;
      return entity;
    });
    return isSound ? plain : null;
  }

  /** The blocks' text on one side of the edit. @param {Block[]} blocks @param {"old" | "new"} side */
  function textOf(blocks, side) {
    const dropped = side === "new" ? "del" : "ins";
    return blocks
      .flatMap(({ segments }) => segments.filter(({ op }) => op !== dropped))
      .map(({ text }) => text)
      .join("");
  }

  return { parse, textOf };
})();
globalThis.RowbackMarkup = RowbackMarkup;
