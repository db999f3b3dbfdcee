/**
 * The toolbar button of one tab: the number of edits, and in words what it means. The only owner of badge, title and
 * icon. By its shape alone the icon says what there is: an arrow where there is no article, a frame with a question
 * mark where nothing is stored of one, a square with a tick where no edits were seen, one with the arrow for edits.
 * What the title says of edits is kept, for when the page hides their marks: key `title:TAB` in `storage.session`.
 */
import { api } from "../shared/extension-api.js";
import { isCalm } from "./failure.js";
import { count, words } from "./messages.js";

/** White text on each has a contrast of at least 5.5 : 1. What a colour says, the title says in words. */
const COLOURS = { edits: "#7a3e00", minor: "#5f6368", trouble: "#8c241b" };

/** Files of `icons/`, before their size. @typedef {"idle-" | "unknown-" | "none-" | ""} Icon */
const SIZES = [16, 32];

/**
 * @param {number} tab
 * @param {import("../shared/contract.js").Answer | null} answer null: nothing stored
 */
export async function showAnswer(tab, answer) {
  const edits = answer?.edits.length ?? 0;
  if (!answer) return show(tab, "", words("toolbar_unknown"), COLOURS.minor, "unknown-");
  if (!edits) return show(tab, "", words("toolbar_none"), COLOURS.minor, "none-");
  const isMinor = answer.edits.every(({ minor }) => minor);
  const [title, colour] = isMinor
    ? [count("toolbar_minor", edits), COLOURS.minor]
    : [count("toolbar_edits", edits), COLOURS.edits];
  await api.storage.session.set({ [keyOf(tab)]: title });
  return show(tab, edits > 999 ? "999+" : String(edits), title, colour, "");
}

/**
 * The number stays: it is of the article's edits, not of marks.
 *
 * @param {number} tab told of edits before
 * @param {boolean} isHidden whether the page hides or covers marks
 */
export async function showHidden(tab, isHidden) {
  const title = /** @type {Record<string, any>} */ (await api.storage.session.get(keyOf(tab)))[keyOf(tab)];
  if (typeof title !== "string") return;
  await api.action.setTitle({ tabId: tab, title: isHidden ? words("toolbar_hidden", title) : title }).catch(() => {
    // The tab was closed meanwhile.
  });
}

/**
 * What went wrong; what is as it should be without an alarm.
 *
 * @param {number} tab
 * @param {import("../shared/contract.js").Failure} failure
 */
export function showTrouble(tab, failure) {
  if (isCalm(failure.code)) return show(tab, "", words("toolbar_trouble", failure.message), COLOURS.minor, "idle-");
  return show(tab, "!", words("toolbar_trouble", failure.message), COLOURS.trouble, "");
}

/** @param {number} tab */
export async function showNothing(tab) {
  await api.storage.session.remove(keyOf(tab));
  return show(tab, "", words("toolbar_idle"), COLOURS.minor, "idle-");
}

/** @param {number} tab */
function keyOf(tab) {
  return `title:${tab}`;
}

/**
 * @param {number} tabId
 * @param {string} text
 * @param {string} title
 * @param {string} color
 * @param {Icon} icon
 */
async function show(tabId, text, title, color, icon) {
  const path = Object.fromEntries(SIZES.map((size) => [size, `/icons/${icon}${size}.png`]));
  try {
    await Promise.all([
      api.action.setBadgeBackgroundColor({ tabId, color }),
      api.action.setBadgeTextColor({ tabId, color: "#ffffff" }),
      api.action.setBadgeText({ tabId, text }),
      api.action.setTitle({ tabId, title }),
      // Firefox for Android has a button without an icon.
      api.action.setIcon?.({ tabId, path }),
    ]);
  } catch {
    // The tab was closed while we were asking: there is no button left to show it on.
  }
}
