/**
 * Finds in a script's syntax what writes to nodes. A write is known by its name (`append`, `style`, `textContent =
 * …`), and
 * the node by what stands before it.
 */
import { parse } from "acorn";

/** @param {string} list @returns {Set<string>} */
const names = (list) => new Set(list.trim().split(/\s+/));

/** Written to when they are called. */
const CALLS = names(`
  append appendChild prepend before after insertBefore moveBefore replaceWith replaceChildren replaceChild
  remove removeChild splitText normalize appendData insertData deleteData replaceData insertAdjacentElement
  insertAdjacentText insertAdjacentHTML setHTML setHTMLUnsafe setAttribute setAttributeNS setAttributeNode
  removeAttribute removeAttributeNS removeAttributeNode toggleAttribute attachShadow insertRule deleteRule
  surroundContents insertNode extractContents deleteContents animate setPointerCapture showPopover hidePopover
  togglePopover adoptNode write writeln setSelectionRange setRangeText`);
/** Said at all, these write or are about to. */
const OBJECTS = names(`
  style classList dataset adoptedStyleSheets relList part attributeStyleMap sheet styleSheets cssRules`);
/** Written to when they are set. */
const SET = names(`
  innerText outerText textContent nodeValue data innerHTML outerHTML className id hidden title lang dir slot
  tabIndex contentEditable designMode draggable inert popover cssText scrollTop scrollLeft value checked
  disabled open href src body`);

/** @typedef {{name: string, on: string}} Touch what is written, and the node it is written to, as the code calls it */

/** @param {string} text @returns {Touch[]} in the text's order */
export function touchesIn(text) {
  /** @type {Touch[]} */
  const found = [];
  walk(parse(text, { ecmaVersion: "latest" }), (node, above) => {
    if (node.type === "Property" && above.type === "ObjectPattern" && OBJECTS.has(node.key.name))
      found.push({ name: node.key.name, on: "{}" });
    if (node.type !== "MemberExpression") return;
    const name = node.computed ? node.property.value : node.property.name;
    if (OBJECTS.has(name) || (isCall(node, above) && CALLS.has(name)) || (isSet(node, above) && SET.has(name))) {
      found.push({ name, on: holder(node.object, text) });
    }
  });
  return found;
}

/** Called as a method of a node: with text, `normalize` is one of text. @param {any} node @param {any} above */
function isCall(node, above) {
  return (
    above.type === "CallExpression" &&
    above.callee === node &&
    !(node.property.name === "normalize" && above.arguments.length > 0)
  );
}

/** @param {any} node @param {any} above */
function isSet(node, above) {
  return (above.type === "AssignmentExpression" && above.left === node) || above.type === "UpdateExpression";
}

/** The node that a touch is written to: of `host.style.setProperty` and `host.attachShadow().append`, `host`.
 * @param {any} node @param {string} text @returns {string} */
function holder(node, text) {
  if (node.type === "ChainExpression") return holder(node.expression, text);
  if (node.type === "CallExpression" && node.callee.type === "MemberExpression")
    return holder(node.callee.object, text);
  if (node.type === "MemberExpression" && OBJECTS.has(node.property.name)) return holder(node.object, text);
  return text.slice(node.start, node.end).replaceAll("?.", ".");
}

/**
 * What names are set to: in declarations, assignments and loops, and as what a list's method hands on. @param {string}
 * text @returns {{name: string, value: string}[]}
 */
export function bindingsIn(text) {
  /** @type {{name: string, value: string}[]} */
  const found = [];
  const add = (/** @type {any} */ to, /** @type {any} */ from) => {
    if (to.type === "Identifier" && from) found.push({ name: to.name, value: text.slice(from.start, from.end) });
  };
  walk(parse(text, { ecmaVersion: "latest" }), (node) => {
    if (node.type === "VariableDeclarator") add(node.id, node.init);
    if (node.type === "AssignmentExpression") add(node.left, node.right);
    if (node.type === "ForOfStatement" && node.left.type === "VariableDeclaration")
      add(node.left.declarations[0].id, node.right);
    if (
      node.type === "CallExpression" &&
      node.callee.type === "MemberExpression" &&
      node.arguments[0]?.params?.length
    ) {
      add(node.arguments[0].params[0], node.callee.object);
    }
  });
  return found;
}

/** @param {any} node @param {(node: any, above: any) => void} visit @param {any} [above] */
function walk(node, visit, above = {}) {
  visit(node, above);
  for (const inner of Object.values(node).flat()) {
    if (typeof inner?.type === "string") walk(inner, visit, node);
  }
}

/** @param {string} text */
export function withoutComments(text) {
  /** @type {{start: number, end: number}[]} */
  const comments = [];
  parse(text, { ecmaVersion: "latest", onComment: comments });
  return comments.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}
