/**
 * Who touches the page, and how. Few files do; the others write to nodes of our own only, or to none.
 *
 * What writes to a node is known by its name (`append`, `style`, `textContent = …`), whose node it is by what stands
 * before
 * the name. So this holds for code written plainly, as ours is; that a real page is unharmed is tested in browsers
 * (`tests/browser/test_unharmed.py`).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SCRIPTS } from "../../extension/background/content-files.js";
import { source } from "./content-scope.js";
import { bindingsIn, touchesIn, withoutComments } from "./touches.js";

/** What is written to the page's own nodes: by what it is called there. */
const PAGE = {
  // Made in another document, our elements become the page's.
  "content/draw/own-element.js": ["document.adoptNode"],
  // Our one element stands in the page's root element; one that an earlier run left there is taken away.
  "content/draw/overlay.js": ["document.documentElement.append", "child.remove"],
  // Track changes put elements into the text, part it for them, and take all of it back.
  "content/draw/inline.js": [
    "block.append",
    "block.prepend",
    "node.before",
    "node.after",
    "node.splitText",
    "second.before",
    "first.appendData",
    "second.remove",
  ],
  // A page's shadow roots adopt our style sheet, and give it back.
  "content/draw/paint.js": ["root.adoptedStyleSheets"],
};

/** Nodes of ours that a file writes to: those it made, and those that stand in our shadow root. */
const OWN = {
  "shared/nodes.js": ["made", "svg", "path"],
  "shared/quote.js": ["beside", "field"],
  "shared/edit-nodes.js": ["ask", "trouble", "list", "oldest", "made"],
  "content/page/snapshot.js": ["element"], // of a copy of the page
  "content/draw/own-element.js": ["host", "root"],
  "content/draw/overlay.js": ["host", "root", "region"],
  "content/draw/cover.js": ["layer"],
  "content/draw/sight.js": ["around.overlay.root", "probe"],
  "content/draw/strokes.js": ["overlay.root", "layer", "node"],
  "content/draw/inline.js": ["host", "root"],
  "content/draw/mode-menu.js": ["menu", "opener"],
  "content/draw/badges.js": ["overlay.root", "list", "node"],
  "content/draw/summary.js": ["overlay.root", "chip"],
  "content/card/card-place.js": ["node"],
  "content/card/card.js": ["around.overlay.root", "node"],
  "content/link-marks.js": ["overlay.root", "node"],
};

/** What moves the reader's view, or paints without touching a node, and the files that do it. */
const SEEN = {
  scrollIntoView: ["content/find/reveal.js"],
  scrollBy: ["content/card/card-place.js"],
  highlights: ["content/draw/paint.js"],
};

/** The ways from our code to a node of the page. */
const WAYS = new RegExp(
  [
    /\bdocument\.(?!create)/,
    /\b(?:start|end|commonAncestor)Container\b/,
    /\bblockOf\(/,
    /\bparent(?:Node|Element)\b/,
    /\.closest\(/,
    /\bRange\(/,
    /\b(?:page|range|link|block)\b/,
  ]
    .map(({ source: way }) => way)
    .join("|"),
);

test("only the few files touch the page's nodes, as they are known to, and the others only ours", () => {
  for (const path of SCRIPTS) {
    const { page, own, unknown } = sorted(path, source(path));
    assert.deepEqual(unknown, [], path);
    assert.deepEqual(page, new Set(PAGE[path]), path);
    assert.deepEqual(own, new Set(OWN[path]), path);
  }
});

test("what is called ours does not come from the page", () => {
  for (const [path, own] of Object.entries(OWN)) assert.deepEqual(strangers(source(path), own), [], path);
});

test("only the files that are known to scroll and to paint", () => {
  for (const [name, known] of Object.entries(SEEN)) {
    assert.deepEqual(
      SCRIPTS.filter((path) => new RegExp(`\\b${name}\\b`).test(withoutComments(source(path)))),
      known,
      name,
    );
  }
  const others = /\b(?:scrollTo|scroll|scrollIntoViewIfNeeded|execCommand(?!\("copy"\)))\(/;
  for (const path of SCRIPTS) assert.doesNotMatch(withoutComments(source(path)), others, path);
});

const TOUCHES = {
  "content/find/find.js": [
    "range.startContainer.splitText(1)",
    "range.insertNode(mark)",
    "gap.before.startContainer.parentNode.normalize()",
  ],
  "content/page/layout.js": [
    "document.body.dataset.x = 1",
    "document.body.dataset['x'] = 1",
    "document.title += '!'",
    "document.body['style'].top = 0",
    "const { style } = document.body",
    "document.body?.append(node)",
  ],
  "content/page/article-signals.js": [
    "element.style.color",
    "element.innerText = ''",
    "delete element.dataset.x",
    "element.scrollTop++",
  ],
  "content/page/snapshot.js": ["page.documentElement.removeAttribute('class')"],
  "content/find/reveal.js": ["range.startContainer.parentElement.classList.add('found')"],
  "content/draw/badges.js": [
    "block.append(list)",
    "document.body.append(list)",
    "badge.block.setAttribute('data-edit', '')",
  ],
  "content/draw/paint.js": ["document.adoptedStyleSheets = [sheet]", "root.host.setAttribute('x', '')"],
  "content/draw/inline.js": ["node.parentNode.normalize()", "block.remove()", "node.data = ''"],
  "content/card/card.js": ["rangeOf(shown, at).deleteContents()", "document.documentElement.style.overflow = 'hidden'"],
  "content/session.js": ["document.body.toggleAttribute('hidden')"],
  "shared/markup.js": ["document.body.insertAdjacentHTML('beforeend', markup)"],
};

test("a touch is found wherever it is written", () => {
  for (const [path, touches] of Object.entries(TOUCHES)) {
    for (const touch of touches) {
      const { page, unknown } = sorted(path, `${source(path)}\n() => { ${touch}; };`);
      assert.ok(unknown.length > 0 || page.size > (PAGE[path]?.length ?? 0), `${touch} in ${path}`);
    }
  }
});

test("a node of the page is found under a name of ours", () => {
  for (const stolen of [
    "document.body",
    "range.startContainer",
    "RowbackLayout.blockOf(range)",
    "list.parentElement",
    "node.closest('p')",
  ]) {
    const text = `${source("content/draw/badges.js")}\n() => { const list = ${stolen}; list.remove(); };`;
    assert.equal(strangers(text, OWN["content/draw/badges.js"]).length, 1, stolen);
  }
  assert.equal(strangers('page.querySelectorAll("p").forEach((element) => element.remove());', ["element"]).length, 1);
  assert.equal(strangers("for (const element of document.links) element.remove();", ["element"]).length, 1);
});

test("what is no node is left alone", () => {
  const text = `
    text.normalize("NFC"); urls.add(url); gap.before; found.delete(id); url.hash = ""; view.mode = mode;
    list.sort(); map.set(1, 2); const { text } = edit; controller.abort(); getComputedStyle(element).display;
    element.textContent.trim(); element.id;`;
  assert.deepEqual(touchesIn(text), []);
});

/**
 * The touches of a file: to the page as the table says, to nodes of ours, and to anything else. @param {string} path
 * @param {string} text
 */
function sorted(path, text) {
  const page = new Set();
  const own = new Set();
  const unknown = [];
  for (const { name, on } of touchesIn(text)) {
    if (PAGE[path]?.includes(`${on}.${name}`)) page.add(`${on}.${name}`);
    else if (OWN[path]?.includes(on)) own.add(on);
    else unknown.push(`${on}.${name}`);
  }
  return { page, own, unknown };
}

/**
 * Names of ours that are set to something of the page. @param {string} text @param {string[]} own @returns {string[]}
 */
function strangers(text, own) {
  const names = new Set(own.map((name) => name.split(".")[0]));
  return bindingsIn(text)
    .filter(({ name, value }) => names.has(name) && WAYS.test(value))
    .map(({ name, value }) => `${name}: ${value}`);
}
