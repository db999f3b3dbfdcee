/**
 * An article as it read at one version.
 */
import { element, exactly, figure, words } from "../shared/extension-page.js";
import "../shared/attribution.js";

const { line } = globalThis.RowbackAttribution;

/** @typedef {import("../shared/contract.js").VersionText} VersionText */
/**
 * @typedef {object} Actions
 * @property {() => void} close
 * @property {(version: number) => void} read
 */

/** @param {VersionText} text @param {number} latest @param {Actions} actions @returns {Node[]} */
export function versionView(text, latest, { close, read }) {
  const { version, seen_at: seenAt, title, blocks } = text;
  return [
    element(
      "div",
      { class: "row bar" },
      button("reading_close", close, false),
      button("reading_older", () => read(version - 1), version === 0),
      button("reading_newer", () => read(version + 1), version >= latest),
    ),
    element("p", { class: "kicker" }, words("reading_as_of", figure(version), exactly(seenAt))),
    ...[line(text)].filter((credit) => credit !== null),
    element("h2", { id: "reading-title", dir: "auto", tabindex: "-1" }, title || words("reading_untitled")),
    ...blocks.map(({ kind, text: wording }) =>
      element("p", { dir: "auto", class: `block ${kind.replace(/^h[1-6]$/, "heading")}` }, wording),
    ),
  ];
}

/** @param {string} name @param {() => void} act @param {boolean} isOff */
function button(name, act, isOff) {
  const made = element("button", { type: "button", "data-act": name }, words(name));
  made.disabled = isOff;
  made.addEventListener("click", act);
  return made;
}
