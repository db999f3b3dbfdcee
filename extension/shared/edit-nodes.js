/**
 * What is told of one edit, as nodes: the same in the card on a page and in the panel. No placing, no state. A classic
 * file, as `messages.js` is: content scripts cannot import.
 */
var RowbackEditNodes = (() => {
  const { element, icon, button } = RowbackNodes;
  const { words, count, figure, isVague } = RowbackMessages;
  const { between, isOne, since } = RowbackTimeNodes;

  /** @typedef {import("./contract.js").Edit} Edit */
  /** @typedef {import("./contract.js").Wording} Wording */
  /**
   * @typedef {object} Told where the edit stands among the versions
   * @property {import("./contract.js").VersionNote[]} versions all of the article's, oldest first
   * @property {number} [from] the versions that are compared; without these two the first and the latest
   * @property {number} [to]
   * @property {{listed: boolean}} [article]
   */
  /**
   * @typedef {object} Actions
   * @property {(wording: Wording) => void} copy
   * @property {(edit: Edit) => Promise<Wording[]>} more asks for all earlier wordings; fails with words for the reader
   * @property {boolean} [isFolded] whether the earlier wordings are to be asked for
   * @property {import("./contract.js").EditLinkActions} [link]
   */

  /**
   * When it was made, where its block stood, what it touches, what it changed, what the block said before: those of
   * them that there are.
   *
   * @param {Edit} edit
   * @param {Told} told
   * @param {Actions} actions
   * @returns {HTMLElement[]}
   */
  function view(edit, told, actions) {
    const credit = actions.isFolded ? source(edit, told) : null;
    /** @type {(HTMLElement | null)[]} */
    const about = [times(edit, told), origin(edit), labels(edit)];
    const link = actions.link ? RowbackEditLink.view(edit, told.article?.listed !== false, actions.link) : null;
    const parts = [...about, difference(edit), credit, wordings(edit, told, actions), link];
    return parts.filter((part) => part !== null);
  }

  /**
   * When the block was added, reworded, moved …: a line for each time, unless the edit's name says it all.
   *
   * @param {Edit} edit
   * @param {Told} told
   */
  function times(edit, told) {
    const lines = RowbackEditWords.history(edit);
    if (!lines.length) return moment(edit, told);
    if (lines.length === 1 && RowbackEditWords.isSaid(edit, lines[0].what)) {
      return element("p", { class: "moment" }, ...visits(lines[0].at), ...ago(lines[0].at));
    }
    const items = lines.map(({ name, at, between: others }, place) =>
      element(
        "li",
        {},
        element("strong", {}, name),
        " · ",
        ...visits(at),
        others > 0 ? ` · ${count("times_more", others)}` : "",
        ...(place === lines.length - 1 ? ago(at) : []),
      ),
    );
    return element("ul", { class: "moment times" }, ...items);
  }

  /** How long ago, as far as that is known. @param {{after: string, seen_at: string}} moment */
  function ago({ after, seen_at: seenAt }) {
    return isVague(after, seenAt, Date.now()) ? [] : [" · ", since(seenAt)];
  }

  /** Between which two it happened. @param {import("./contract.js").Moment} moment */
  function visits({ after, seen_at: seenAt }) {
    return between(after, seenAt, "moment_between");
  }

  /**
   * The same where the backend tells no times: of the version in which the block came to read as it does.
   *
   * @param {Edit} edit
   * @param {Told} told
   */
  function moment(edit, { versions, from = versions[0]?.version ?? 0, to = versions.at(-1)?.version ?? 0 }) {
    const number = RowbackEditWords.changedIn(edit, from, to);
    const at = versions.findIndex(({ version }) => version === number);
    if (at < 1 || versions[at - 1].version !== versions[at].version - 1) return null;
    const lasting = { after: versions[at - 1].last_seen_at, seen_at: versions[at].seen_at };
    return element(
      "p",
      { class: "moment" },
      ...between(lasting.after, lasting.seen_at, "moment_between"),
      ...ago(lasting),
    );
  }

  /**
   * Who showed first what the block said before: in the version that is compared, or last where it only came and went.
   *
   * @param {Edit} edit
   * @param {Told} told
   */
  function source({ wordings: others }, { versions, from = versions[0]?.version ?? 0 }) {
    const before = others.find((each) => each.version <= from && from <= each.last_version) ?? others.at(-1);
    return before ? RowbackAttribution.line(RowbackAttribution.noteOf(versions, before.version)) : null;
  }

  /** Where a moved block stood. @param {Edit} edit */
  function origin(edit) {
    const text = RowbackEditWords.origin(edit);
    return text === null ? null : element("p", { class: "note" }, text);
  }

  /** @param {Edit} edit */
  function labels(edit) {
    const names = RowbackEditWords.labelNames(edit).map((name) => element("li", {}, name));
    return names.length ? element("ul", { class: "labels", "aria-label": words("labels_label") }, ...names) : null;
  }

  /** The markup as `ins` and `del`; null where there is nothing to be shown. @param {Edit} edit */
  function difference(edit) {
    const blocks = RowbackMarkup.parse(edit.markup)?.filter(({ segments }) => segments.some(({ text }) => text !== ""));
    const paragraphs = (blocks?.length ? blocks : plainly(edit)).map(({ segments }) =>
      element("p", { dir: "auto" }, ...segments.map(({ op, text }) => segmentNode(op, text))),
    );
    return paragraphs.length ? element("div", { class: "difference" }, ...paragraphs) : null;
  }

  /** @param {"same" | "ins" | "del"} op @param {string} text */
  function segmentNode(op, text) {
    if (op === "same") return text;
    return element(op, op === "del" ? RowbackEditWords.strike(text) : {}, text);
  }

  /**
   * What cannot be read as markup is shown as its last other wording; a block without one, as it reads now.
   *
   * @param {Edit} edit
   * @returns {NonNullable<ReturnType<typeof RowbackMarkup.parse>>}
   */
  function plainly({ anchor, wordings: others }) {
    const text = others.at(-1)?.text ?? (anchor.near === null ? anchor.exact : "");
    return text ? [{ kind: "p", segments: [{ op: "same", text }] }] : [];
  }

  /**
   * What the block said before, oldest first, on a line of time that ends with what it says now.
   *
   * @param {Edit} edit
   * @param {Told} told
   * @param {Actions} actions
   */
  function wordings(edit, told, actions) {
    if (!edit.wordings.length && !edit.more_wordings) return null;
    const list = element("ol", { class: "wordings" }, ...wordingItems(edit, told, actions));
    const parts = edit.more_wordings ? [more(edit, told, list, actions), list] : [list];
    const title = words("wordings_title");
    return actions.isFolded
      ? element("details", { class: "earlier" }, element("summary", {}, title), ...parts)
      : element("section", { class: "earlier" }, element("h3", {}, title), ...parts);
  }

  /** @param {Edit} edit @param {Told} told @param {Actions} actions */
  function wordingItems(edit, { versions }, { copy }) {
    const isGone = edit.kind === "delete";
    const end = isGone && RowbackEditWords.isRolledOff(edit) ? RowbackEditWords.happened(edit) : null;
    const now = element("p", { class: "when" }, end ?? words(isGone ? "wording_gone" : "wording_now"));
    return [...edit.wordings.map((each) => wording(each, versions, copy)), element("li", { class: "now" }, now)];
  }

  /**
   * A button that brings the wordings that are not here yet; they stay with the edit. What goes wrong stands below it.
   *
   * @param {Edit} edit
   * @param {Told} told
   * @param {HTMLElement} list
   * @param {Actions} actions
   */
  function more(edit, told, list, actions) {
    const trouble = element("p", { class: "note", role: "status" });
    const ask = button({ class: "text-button more" }, bring, words("wordings_more"));
    const made = element("div", {}, ask, trouble);

    async function bring() {
      if (ask.getAttribute("aria-busy") === "true") return;
      ask.setAttribute("aria-busy", "true");
      trouble.textContent = words("wordings_asking");
      try {
        Object.assign(edit, { wordings: await actions.more(edit), more_wordings: false });
      } catch (error) {
        trouble.textContent = /** @type {{message?: string}} */ (error).message || words("wordings_failed");
        ask.removeAttribute("aria-busy");
        return;
      }
      list.replaceChildren(...wordingItems(edit, told, actions));
      const [oldest] = list.children;
      oldest.setAttribute("tabindex", "-1");
      if (made.contains(rootOf(made).activeElement)) /** @type {HTMLElement} */ (oldest).focus();
      made.remove();
    }
    return made;
  }

  /** @param {Node} node @returns {Document | ShadowRoot} */
  function rootOf(node) {
    return /** @type {Document | ShadowRoot} */ (node.getRootNode());
  }

  /** @param {Wording} told @param {Told["versions"]} versions @param {Actions["copy"]} copy */
  function wording(told, versions, copy) {
    const { version, seen_at: seenAt, last_seen_at: lastSeenAt, text } = told;
    const number = words("wording_version", figure(version));
    const credit = RowbackAttribution.line(RowbackAttribution.noteOf(versions, version));
    const seen = credit && isOne(seenAt, lastSeenAt) ? [] : [...between(seenAt, lastSeenAt, "wording_seen"), " · "];
    return element(
      "li",
      {},
      element("p", { class: "when" }, ...seen, number),
      credit,
      element("blockquote", { dir: "auto" }, text),
      button(
        { class: "text-button copy", title: words("quote_copy_hint") },
        () => copy(told),
        icon("copy"),
        words("quote_copy"),
      ),
    );
  }

  return { view, difference, source };
})();
globalThis.RowbackEditNodes = RowbackEditNodes;
