/**
 * The list of edits as nodes: under headings, each with what it is, when it came and what it changed.
 */
import "../shared/markup.js";
import { between, count, element, figure, words } from "../shared/page.js";

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
    element("section", { class: "group", "data-group": group },
      ...(title ? [element("h4", {}, words(title))] : []),
      ...(note ? [element("p", { class: "quiet" }, words(note))] : []),
      element("ol", {}, ...groups[group].map((edit) => item(edit, history, go)))));
}

/** @param {Edit} edit @param {History} history @param {(edit: Edit) => void} go */
function item(edit, history, go) {
  const name = words("listed_title", words(`kind_${edit.kind}`), words(blockName(edit)));
  const title = element("button", { type: "button", class: "go", "data-go": edit.id, title: words("panel_go") }, name);
  const made = element("li", { class: `edit ${edit.kind}` }, element("div", { class: "top" }, title, ...moment(edit, history)),
    ...origin(edit), ...labels(edit), difference(edit));
  made.addEventListener("click", (event) => {
    // Text is there to be selected too.
    const isOnTitle = event.target instanceof Node && title.contains(event.target);
    if (isOnTitle || getSelection()?.isCollapsed !== false) go(edit);
  });
  return made;
}

/** @param {Edit} edit */
function blockName({ block }) {
  return block.index === 0 ? "block_headline" : `block_${block.kind.replace(/^h[1-6]$/, "heading")}`;
}

/** Between which two looks it was edited. @param {Edit} edit @param {History} history */
function moment({ wordings, changed_in: changedIn }, { versions, from, to }) {
  const last = changedIn !== null ? changedIn - 1 : (wordings.at(-1)?.last_version ?? (to - from === 1 ? from : undefined));
  const before = versions.find(({ version }) => version === last);
  const after = versions.find(({ version }) => last !== undefined && version === last + 1);
  return before && after ? [element("span", { class: "when" }, between(before.last_seen_at, after.seen_at))] : [];
}

/** Where a moved block stood. @param {Edit} edit */
function origin({ kind, moved_from: from, block }) {
  if (kind !== "move" || from === null || from === block.index) return [];
  return [element("p", { class: "quiet" }, words("moved_from", figure(from), figure(block.index)))];
}

/** @param {Edit} edit */
function labels({ labels: all, minor }) {
  const names = all.map((label) => {
    const message = words(`label_${label.replaceAll("-", "_")}`);
    return message.startsWith("label_") ? label : message;
  });
  if (minor) names.push(words("label_minor"));
  if (!names.length) return [];
  return [element("ul", { class: "labels", "aria-label": words("labels_label") }, ...names.map((name) => element("li", {}, name)))];
}

/** What cannot be read as markup is shown as its last wording. @param {Edit} edit */
function difference({ markup, wordings }) {
  const blocks = globalThis.RowbackMarkup.parse(markup) ?? [{ segments: [{ op: "same", text: wordings.at(-1)?.text ?? "" }] }];
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
