/**
 * The list of edits as nodes: under headings, each with what it is, when it came and what it changed.
 */
import "../shared/markup.js";
import { between, count, element, figure, words } from "../shared/extension-page.js";
import "../shared/edit-words.js";

const { blockName, labelNames, changedIn } = globalThis.RowbackEditWords;

/** @typedef {import("../shared/contract.js").Edit} Edit */
/** @typedef {import("../shared/contract.js").History} History */
/** @typedef {import("./filter.js").Groups} Groups */

/** Heading and note of each group; the first needs none. */
const GROUPS = /** @type {[keyof Groups, string, string][]} */ ([
  ["here", "", ""],
  ["removed", "panel_removed", ""],
  ["elsewhere", "panel_elsewhere", "unplaced_note"],
  ["passing", "passing_title", "passing_note"],
]);

/**
 * @param {Groups} groups
 * @param {History} history
 * @param {(edit: Edit) => void} go
 * @returns {Node[]}
 */
export function editsView(groups, history, go) {
  return GROUPS.filter(([group]) => groups[group].length > 0).map(([group, title, note]) =>
    element(
      "section",
      { class: "group", "data-group": group },
      ...(title ? [element("h4", {}, words(title))] : []),
      ...(note ? [element("p", { class: "quiet" }, words(note))] : []),
      element("ol", {}, ...groups[group].map((edit) => item(edit, history, go))),
    ),
  );
}

/** @param {Edit} edit @param {History} history @param {(edit: Edit) => void} go */
function item(edit, history, go) {
  const name = words("listed_title", words(`kind_${edit.kind}`), words(blockName(edit)));
  const title = element("button", { type: "button", class: "go", "data-go": edit.id, title: words("panel_go") }, name);
  const made = element(
    "li",
    { class: `edit ${edit.kind}` },
    element("div", { class: "top" }, title, ...moment(edit, history)),
    ...origin(edit),
    ...labels(edit),
    difference(edit),
  );
  made.addEventListener("click", (event) => {
    // Text is there to be selected too.
    const isOnTitle = event.target instanceof Node && title.contains(event.target);
    if (isOnTitle || getSelection()?.isCollapsed !== false) go(edit);
  });
  return made;
}

/** Between which two looks it was edited. @param {Edit} edit @param {History} history */
function moment(edit, { versions, from, to }) {
  const number = changedIn(edit, from, to);
  const after = versions.find(({ version }) => version === number);
  const before = versions.find(({ version }) => number !== null && version === number - 1);
  return before && after ? [element("span", { class: "when" }, between(before.last_seen_at, after.seen_at))] : [];
}

/** Where a moved block stood. @param {Edit} edit */
function origin(edit) {
  const text = globalThis.RowbackEditWords.origin(edit);
  return text ? [element("p", { class: "quiet" }, text)] : [];
}

/** @param {Edit} edit */
function labels(edit) {
  const names = labelNames(edit).map((name) => element("li", {}, name));
  return names.length ? [element("ul", { class: "labels", "aria-label": words("labels_label") }, ...names)] : [];
}

/** What cannot be read as markup is shown as its last wording. @param {Edit} edit */
function difference({ markup, wordings }) {
  const blocks = globalThis.RowbackMarkup.parse(markup) ?? [
    { segments: [{ op: "same", text: wordings.at(-1)?.text ?? "" }] },
  ];
  const paragraphs = blocks.map(({ segments }) => element("p", { dir: "auto" }, ...segments.map(piece)));
  return element("div", { class: "difference" }, ...paragraphs);
}

/** @param {{op: string, text: string}} segment @returns {Node | string} */
function piece({ op, text }) {
  return op === "same" ? text : element(op === "ins" ? "ins" : "del", {}, text);
}

/** @param {Groups} groups @param {History} history */
export function titleOf({ here, removed, elsewhere }, { from, to, versions }) {
  const edits = here.length + removed.length + elsewhere.length;
  const isWhole = from === 0 && to === versions.length - 1;
  return isWhole ? count("panel_edits", edits) : count("panel_edits_between", edits, figure(from), figure(to));
}
