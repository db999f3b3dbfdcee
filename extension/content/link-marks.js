/**
 * “Edited” beside the links of a section front that lead to edited articles. Drawn in our overlay, over blank space
 * only; what finds no room is still in the list that screen readers are given.
 *
 *     idle ▸ collect links ▸ one lookup ▸ any edited? ─ yes ─▶ overlay, chips, follow the layout
 */
var RowbackLinkMarks = (() => {
  const { element, icon } = RowbackNodes;
  const { words, count } = RowbackMessages;
  const GAP = 6;
  /** Fronts that are put together by scripts are there after seconds. */
  const TRIES_MS = [0, 2_500];
  const STYLE = `
    .links { list-style: none; padding: 0; }
    .link-mark {
      position: absolute;
      top: 0;
      left: 0;
      display: inline-flex;
      align-items: center;
      gap: 3px;
      height: 1.667em;
      padding: 0 7px 0 5px;
      border: 1px solid var(--line);
      border-radius: 1em;
      background: var(--paper);
      color: var(--accent);
      font: 0.75em/1 system-ui, sans-serif;
      white-space: nowrap;
    }
    .link-mark svg { width: 1em; height: 1em; }
    .link-mark.no-room { width: 1px; height: 1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); }
    .about { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  `;

  /** @typedef {{element: HTMLAnchorElement, url: string}} StoryLink */
  /** @typedef {{link: HTMLAnchorElement, node: HTMLElement}} Mark */

  /** For who wants it. @param {AbortSignal} signal */
  async function start(signal) {
    for (const delay of TRIES_MS) {
      await idle(delay);
      if (signal.aborted) return;
      const links = RowbackStoryLinks.collect(document, location);
      if (links.length) return mark(links, signal);
    }
  }

  /** @param {StoryLink[]} links @param {AbortSignal} signal */
  async function mark(links, signal) {
    const urls = [...new Set(links.map(({ url }) => url))];
    /** @type {Record<string, number>} */
    const changes = await RowbackWire.send({ name: "look-up-links", urls }).catch(() => ({}));
    const edited = links.filter(({ url }) => changes[url] > 0);
    if (edited.length && !signal.aborted) show(edited, changes, signal);
  }

  /** @param {StoryLink[]} links @param {Record<string, number>} changes @param {AbortSignal} signal */
  function show(links, changes, signal) {
    const overlay = RowbackOverlay.open(signal);
    overlay.setReady();
    overlay.setDirection();
    overlay.root.adoptedStyleSheets = [...overlay.root.adoptedStyleSheets, RowbackOwnElement.sheetOf(STYLE)];
    const marks = links.map(({ element: link, url }) => ({ link, node: chip(link, changes[url]) }));
    overlay.root.append(
      element("ul", { class: "links", "aria-label": words("links_label") }, ...marks.map(({ node }) => node)),
    );
    RowbackOrphan.whenOrphaned(() => marks.forEach(({ node }) => node.remove()), signal);
    const place = () => placeAll(marks, overlay.origin());
    RowbackLayout.watch(place, signal);
    place();
  }

  /** @param {HTMLAnchorElement} link @param {number} changes */
  function chip(link, changes) {
    const title = link.textContent.trim().replaceAll(/\s+/g, " ").slice(0, 200);
    return element(
      "li",
      { class: "link-mark", "data-link": link.href },
      icon("history"),
      element("span", {}, count("link_edited", changes)),
      element("span", { class: "about" }, title),
    );
  }

  /** Reads all, then writes all: one layout. @param {Mark[]} marks @param {{x: number, y: number}} origin */
  function placeAll(marks, origin) {
    const sizes = marks.map(({ node }) =>
      node.getBoundingClientRect().width > 1 ? node.getBoundingClientRect() : { width: 76, height: 20 },
    );
    const spots = marks.map(({ link }, number) => spotBy(link, sizes[number]));
    marks.forEach(({ node }, number) => {
      const spot = spots[number];
      node.classList.toggle("no-room", !spot);
      if (spot)
        node.style.transform = `translate(${Math.round(spot.x - origin.x)}px, ${Math.round(spot.y - origin.y)}px)`;
    });
  }

  /**
   * After the link's last line, else under it; null where that would cover something. Out of view it cannot be tested,
   * and is placed again when it comes into view.
   *
   * @param {HTMLAnchorElement} link
   * @param {{width: number, height: number}} size
   */
  function spotBy(link, { width, height }) {
    const range = new Range();
    range.selectNodeContents(link);
    const last = RowbackLayout.lastLine(range);
    if (!last) return null;
    const isMirrored = RowbackLayout.isRightToLeft(link);
    const spots = [
      { x: isMirrored ? last.left - GAP - width : last.right + GAP, y: last.top + (last.height - height) / 2 },
      { x: isMirrored ? last.right - width : last.left, y: last.bottom + 2 },
    ];
    return (
      spots.find(
        ({ x, y }) => x >= 0 && x + width <= RowbackLayout.viewportWidth() && isBlank(x, y, width, height, link),
      ) ?? null
    );
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {Element} link */
  function isBlank(x, y, width, height, link) {
    const across = [1, width / 2, width - 1].map((part) => x + part);
    return [y + 1, y + height - 1].every((line) =>
      across.every((point) => RowbackLayout.isFree(point, line, link) !== false),
    );
  }

  /** @param {number} delay ms */
  function idle(delay) {
    const wait = globalThis.requestIdleCallback ?? setTimeout;
    return new Promise((resolve) => setTimeout(() => wait(() => resolve(undefined)), delay));
  }

  return { start };
})();
