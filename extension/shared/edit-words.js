/**
 * What an edit is called and when it was made: the same in the card on a page and in the panel. Pure but for its
 * messages. A classic file, as `messages.js` is: content scripts cannot import.
 */
var RowbackEditWords = (() => {
  const { words, nameFor, figure } = RowbackMessages;

  /** @typedef {import("./contract.js").Edit} Edit */

  /** What each kind of edit says by its name. @type {Record<import("./contract.js").EditKind, string[]>} */
  const SAID = {
    insert: ["added"],
    delete: ["removed", "rolled-off"],
    change: ["reworded"],
    move: ["moved"],
    split: ["split"],
    merge: ["merged"],
  };

  /** The message that names the edit's block. @param {Edit} edit */
  function blockName({ block }) {
    return block.index === 0 ? "block_headline" : `block_${block.kind.replace(/^h[1-6]$/, "heading")}`;
  }

  /** Whether the block is only on another page now, and nobody took it out. @param {Edit} edit */
  const isRolledOff = ({ labels }) => labels.includes("rolled-off");

  /** What happened to the block. @param {Edit} edit */
  function happened(edit) {
    return words(isRolledOff(edit) ? "kind_rolled_off" : `kind_${edit.kind}`);
  }

  /** What happened to which block, for lists. @param {Edit} edit */
  function title(edit) {
    return words("listed_title", happened(edit), words(blockName(edit)));
  }

  /** Names of what the edit touches; a label that we have no name for is shown as it came. @param {Edit} edit */
  function labelNames({ labels, minor }) {
    const names = labels.map((label) => {
      const name = nameFor("label", label);
      const message = words(name);
      return message === name ? label : message;
    });
    return minor ? [...names, words("label_minor")] : names;
  }

  /** Where a moved block stood, counted as a reader would: the headline stands before the first; null for all others.
   * @param {Edit} edit */
  function origin({ kind, moved_from: from, block }) {
    if (kind !== "move" || from === null || from === block.index) return null;
    return words("moved_from", figure(from), figure(block.index));
  }

  /**
   * What happened to the block and when, in the order of time: the first and the last of each thing, and behind the
   * last how often it was done in between (0 for not). What we have no words for is passed over.
   *
   * @param {Edit} edit
   * @returns {{what: string, name: string, at: import("./contract.js").Moment, between: number}[]}
   */
  function history({ times }) {
    const lines = times.flatMap(({ what, count, first, last }) => {
      const message = nameFor("times", what);
      const name = words(message);
      if (name === message) return [];
      const line = { what, name, at: first, between: 0 };
      return count > 1 ? [line, { ...line, at: last, between: count - 2 }] : [line];
    });
    return lines.sort((a, b) => a.at.version - b.at.version);
  }

  /** Whether the edit's own name says what happened. @param {Edit} edit @param {string} what */
  function isSaid({ kind }, what) {
    return SAID[kind].includes(what);
  }

  /**
   * The version in which the edit was made, where the backend does not tell its times. As it says; where it does not:
   * the one after the last other wording, for an addition that of the first; without one, only two versions that follow
   * each other leave no doubt.
   *
   * @param {Edit} edit
   * @param {number} from the versions that the edit lies between
   * @param {number} to
   * @returns {number | null}
   */
  function changedIn({ kind, changed_in: changed, wordings, more_wordings: isCut }, from, to) {
    const last = wordings.at(-1);
    if (kind === "insert" && last) return isCut || wordings[0].version <= from ? null : wordings[0].version;
    return changed ?? (last ? last.last_version + 1 : to - from === 1 ? to : null);
  }

  /** How a gone text is to be struck: the zeros of Arabic and of Persian are dots where a line would hide them.
   * @param {string} text @returns {{class: string | null}} */
  function strike(text) {
    return { class: /[\u0660\u06f0]/.test(text) ? "dotted" : null };
  }

  return { blockName, isRolledOff, happened, title, labelNames, origin, history, isSaid, changedIn, strike };
})();
globalThis.RowbackEditWords = RowbackEditWords;
