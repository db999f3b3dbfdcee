/* What a test may ask of the tab, as one object of functions. It runs beside the page, not in it (an isolated world in
   Chromium, a sandbox with Xray vision in Firefox), so a page that breaks its own prototypes cannot break the asking.
   It must not know how the extension works inside: only its observable contract. */
const probe = {
  host() {
    return document.querySelector("rowback-overlay");
  },

  find(css) {
    return this.host()?.shadowRoot?.querySelector(css) ?? document.querySelector(css);
  },

  overlay() {
    const hosts = document.querySelectorAll("rowback-overlay");
    const host = hosts[0];
    return {
      hosts: hosts.length,
      state: host?.getAttribute("data-state") ?? null,
      anchored: host?.getAttribute("data-anchored") ?? null,
    };
  },

  badges() {
    const root = this.host()?.shadowRoot;
    const badges = root ? Array.from(root.querySelectorAll("[data-edit]")) : [];
    return badges.map((badge) => {
      const box = badge.getBoundingClientRect();
      return {
        id: badge.getAttribute("data-edit"),
        tag: badge.localName,
        left: box.left,
        right: box.right,
        top: box.top + scrollY,
        shown: badge.checkVisibility({ visibilityProperty: true }) && box.width > 0,
      };
    });
  },

  card() {
    const card = this.host()?.shadowRoot?.querySelector("[role=dialog]");
    if (!card?.checkVisibility({ visibilityProperty: true })) return null;
    const texts = (css) => Array.from(card.querySelectorAll(css), (element) => element.textContent);
    const box = card.getBoundingClientRect();
    return {
      text: card.innerText,
      deleted: texts("del"),
      inserted: texts("ins"),
      times: Array.from(card.querySelectorAll("time"), (time) => time.getAttribute("datetime")),
      links: Array.from(card.querySelectorAll("a"), (link) => link.href),
      elements: Array.from(card.querySelectorAll("*"), (element) => element.localName),
      box: { left: box.left, right: box.right, top: box.top, bottom: box.bottom },
    };
  },

  /* Where the keyboard is: the overlay's own focus, else the page's. */
  focus() {
    const focused = this.host()?.shadowRoot?.activeElement ?? document.activeElement;
    return {
      edit: focused?.getAttribute("data-edit") ?? null,
      role: focused?.getAttribute("data-role") ?? null,
      inCard: Boolean(focused?.closest("[role=dialog]")),
      inOverlay: Boolean(this.host()?.shadowRoot?.activeElement),
    };
  },

  /* The ring around where the keyboard is: its style, its width in pixels, and what it is around. */
  ring() {
    const focused = this.host()?.shadowRoot?.activeElement ?? document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const name = focused.getAttribute("data-edit") ?? focused.getAttribute("aria-label") ?? focused.textContent.trim();
    return { style: outlineStyle, width: parseFloat(outlineWidth), name: name.slice(0, 40) };
  },

  /* Name of each of our highlights → the texts it covers, in document order. */
  marks() {
    const marks = {};
    const registry = (window.wrappedJSObject ?? window).CSS.highlights; // Xrays cannot iterate a registry
    registry.forEach((highlight, name) => {
      if (!name.startsWith("rowback-")) return;
      const texts = [];
      highlight.forEach((range) => texts.push({ text: range.toString(), top: range.getBoundingClientRect().top }));
      if (texts.length) marks[name] = texts.sort((a, b) => a.top - b.top).map((item) => item.text);
    });
    return marks;
  },

  /* What track changes shows in the page's text. */
  missing() {
    const shown = Array.from(document.querySelectorAll("rowback-deletion"), (host) =>
      host.shadowRoot.querySelector("del"),
    );
    return shown
      .filter((element) => element.checkVisibility() && element.getClientRects().length)
      .map((element) => element.innerText);
  },

  /* How many strokes of a kind are drawn beside the text. */
  strokes(kind) {
    const strokes = Array.from(this.host().shadowRoot.querySelectorAll(`.stroke.${kind}`));
    return strokes.filter((stroke) => stroke.checkVisibility({ visibilityProperty: true })).length;
  },

  /* The page's nodes, in order: names of elements, text of texts. Unlike HTML it tells one text from two. */
  nodes() {
    const nodes = [];
    for (const walk = document.createTreeWalker(document.body); walk.nextNode(); ) {
      nodes.push(walk.currentNode.nodeValue ?? walk.currentNode.nodeName);
    }
    return nodes;
  },

  /* The page as it stands, our own element aside. */
  html() {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll("rowback-overlay").forEach((host) => host.remove());
    return copy.outerHTML;
  },

  /* Where everything on the page stands, our own element aside: [name, left, top, width, height]. */
  boxes() {
    const boxes = Array.from(document.body.querySelectorAll("*"), (element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [element.localName, left + scrollX, top + scrollY, width, height];
    });
    return [...boxes, ["page", 0, 0, document.documentElement.scrollWidth, document.documentElement.scrollHeight]];
  },

  /* The middle of an element in the overlay or on the page, brought into the window first; null while something lies
     over it. */
  point(css) {
    const element = this.find(css);
    if (!element) return null;
    element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = element.getBoundingClientRect();
    const point = { x: Math.round(box.left + box.width / 2), y: Math.round(box.top + box.height / 2) };
    return element.contains(element.getRootNode().elementFromPoint(point.x, point.y)) ? point : null;
  },

  box(css) {
    const { left, right, top, bottom } = this.find(css).getBoundingClientRect();
    return { left, right, top, bottom };
  },

  text(css) {
    const element = this.find(css);
    return element?.checkVisibility() ? element.innerText : null;
  },

  attribute(css, name) {
    return this.find(css)?.getAttribute(name) ?? null;
  },

  /* What a reader of the page could take in: the text that is shown. */
  shown() {
    return document.body?.innerText ?? "";
  },

  /* Does the page need a sideways scroll? */
  overflows() {
    return document.documentElement.scrollWidth > document.documentElement.clientWidth;
  },
};
