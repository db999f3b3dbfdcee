/** Just enough of a document to build nodes with, and to tell what was built. */

export const document = { createElement: make, createElementNS: (_, name) => make(name) };

function make(name) {
  const children = [];
  const attributes = {};
  const heard = {};
  return {
    name,
    children,
    attributes,
    setAttribute: (key, value) => {
      attributes[key] = value;
    },
    append: (...more) => {
      children.push(...more);
    },
    addEventListener: (event, act) => {
      heard[event] = act;
    },
    click: () => heard.click({ type: "click", isTrusted: true }),
  };
}

/** As HTML, but for attributes other than the class; icons left out, and of a time its instant instead of its words. */
export function written(node) {
  if (typeof node === "string") return node;
  const { name, attributes, children } = node;
  if (name === "svg") return "";
  const inside = name === "time" ? attributes.datetime : children.map(written).join("");
  return `<${name}${attributes.class ? ` class="${attributes.class}"` : ""}>${inside}</${name}>`;
}

/** All nodes of this name in it, itself too. */
export function within(node, name) {
  if (typeof node === "string") return [];
  return [...(node.name === name ? [node] : []), ...node.children.flatMap((child) => within(child, name))];
}
