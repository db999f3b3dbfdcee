/** Just enough of a document to build nodes with, and to tell what was built. */

export const document = { createElement: make, createElementNS: (_, name) => make(name), activeElement: null };

function make(name) {
  const children = [];
  const attributes = {};
  const heard = {};
  const node = {
    name,
    children,
    attributes,
    setAttribute: (key, value) => {
      attributes[key] = value;
    },
    getAttribute: (key) => attributes[key] ?? null,
    removeAttribute: (key) => {
      delete attributes[key];
    },
    append: (...more) => {
      for (const each of more) if (typeof each === "object") each.parent = node;
      children.push(...more);
    },
    replaceChildren: (...more) => {
      children.length = 0;
      node.append(...more);
    },
    remove: () => node.parent.children.splice(node.parent.children.indexOf(node), 1),
    contains: (other) => other === node || children.some((child) => child.contains?.(other)),
    getRootNode: () => document,
    focus: () => {
      document.activeElement = node;
    },
    get textContent() {
      return children.map((child) => child.textContent ?? child).join("");
    },
    set textContent(text) {
      node.replaceChildren(text);
    },
    addEventListener: (event, act) => {
      heard[event] = act;
    },
    click: () => heard.click({ type: "click", isTrusted: true }),
    submit: () => heard.submit({ type: "submit", preventDefault: () => {} }),
  };
  return node;
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
