/**
 * The list of edits as nodes: under headings, each with its name and all that a card would tell of it.
 */
import { count, element, figure, words } from "../shared/extension-page.js";
import "../shared/attribution.js";
import "../shared/edit-words.js";
import "../shared/markup.js";
import "../shared/edit-style.js";
import "../shared/edit-link.js";
import "../shared/edit-nodes.js";

const { title } = globalThis.RowbackEditWords;
const { view } = globalThis.RowbackEditNodes;

/** @typedef {import("../shared/contract.js").Edit} Edit */
/** @typedef {import("../shared/contract.js").History} History */
/** @typedef {import("./filter.js").Groups} Groups */
/**
 * @typedef {object} Actions
 * @property {(edit: Edit) => void} go
 * @property {(wording: import("../shared/contract.js").Wording) => void} copy
 * @property {(edit: Edit) => Promise<import("../shared/contract.js").Wording[]>} more
 * @property {import("../shared/contract.js").EditLinkActions} link
 */

/** Heading and note of each group; the first needs none. */
const GROUPS = /** @type {[keyof Groups, string, string][]} */ ([
  ["here", "", ""],
  ["removed", "panel_removed", ""],
  ["rolled", "panel_rolled_off", ""],
  ["elsewhere", "panel_elsewhere", "unplaced_note"],
  ["passing", "passing_title", "passing_note"],
]);

/** Gives the document the look of an edit's parts, which the card on a page has too. */
export function wearEditStyle() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(globalThis.RowbackEditStyle);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/**
 * @param {Groups} groups
 * @param {History} history
 * @param {Actions} actions
 * @returns {Node[]}
 */
export function editsView(groups, history, actions) {
  return GROUPS.filter(([group]) => groups[group].length > 0).map(([group, heading, note]) =>
    element(
      "section",
      { class: "group", "data-group": group },
      heading ? element("h4", {}, words(heading)) : null,
      note ? element("p", { class: "quiet" }, words(note)) : null,
      element("ol", {}, ...groups[group].map((edit) => item(edit, history, actions))),
    ),
  );
}

/** The edits as they stand in the list. @param {Groups} groups */
export function listedIn(groups) {
  return GROUPS.flatMap(([group]) => groups[group]);
}

/** @param {Edit} edit @param {History} history @param {Actions} actions */
function item(edit, history, { go, copy, more, link }) {
  const name = element(
    "button",
    { type: "button", class: "go", "data-go": edit.id, title: words("panel_go") },
    title(edit),
  );
  const parts = view(edit, history, { copy, more, link, isFolded: true });
  const made = element("li", { class: `edit ${edit.kind}` }, name, ...parts);
  made.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || target.closest(".earlier, .credit, .edit-link")) return;
    // Text is there to be selected too.
    if (name.contains(target) || getSelection()?.isCollapsed !== false) go(edit);
  });
  return made;
}

/** Which edits' earlier wordings are unfolded. @returns {string[]} ids */
export function unfolded() {
  const open = [...document.querySelectorAll(".edit:has(.earlier[open]) [data-go]")];
  return open.map((name) => String(name.getAttribute("data-go")));
}

/** @param {string[]} ids */
export function unfold(ids) {
  for (const name of document.querySelectorAll("[data-go]")) {
    const earlier = name.parentElement?.querySelector(".earlier");
    if (ids.includes(String(name.getAttribute("data-go")))) earlier?.setAttribute("open", "");
  }
}

/** @param {import("../shared/contract.js").VersionNote[]} versions @returns {number} the newest one's number */
export function latestOf(versions) {
  return versions.at(-1)?.version ?? 0;
}

/** @param {Groups} groups @param {History} history */
export function titleOf({ here, removed, rolled, elsewhere }, { from, to, versions }) {
  const edits = here.length + removed.length + rolled.length + elsewhere.length;
  const isWhole = from === 0 && to === latestOf(versions);
  return isWhole ? count("panel_edits", edits) : count("panel_edits_between", edits, figure(from), figure(to));
}
