/**
 * What the popup and the panel say of a page: from the page's report to nodes.
 */
import { changedButton, freshnessNotes } from "./changed-view.js";
import { CONNECTABLE, showConnection } from "./connection-view.js";
import { count, element, figure, nameFor, send, sentenceWithTime, withCommands, words } from "./extension-page.js";
import { articleFollowing, sayFollowed } from "./follow-view.js";
import { askForText } from "./text-leave.js";

/** @typedef {import("./contract.js").PageReport} PageReport */
/** @typedef {import("./contract.js").Article} Article */
/**
 * @typedef {object} Around
 * @property {(action: () => Promise<unknown>) => void} act does it, and says it when it fails
 * @property {(force?: boolean) => Promise<void>} show
 * @property {import("./follow-view.js").Say} say
 * @property {() => void} checked the backend was asked to look at the page
 * @property {number} tab
 */

/**
 * @param {PageReport | undefined} page
 * @param {string} backend
 * @param {Around} around
 * @returns {Node[]}
 */
export function pageView(page, backend, around) {
  if (!page) return [paragraph(words("popup_no_script"))];
  switch (page.state) {
    case "ready":
    case "none":
      return stored(page, backend, around);
    case "unknown":
      return unknown(backend, around);
    case "error":
      return trouble(page, around);
    case "hidden":
      return [paragraph(page.message ?? messageFor(page.code))];
    case "off":
      return [paragraph(messageFor(page.code))];
    case "not-article":
      return [paragraph(notArticle(page.kind))];
    default:
      return [paragraph(words("popup_looking")), row(button("popup_retry", () => around.show(), around))];
  }
}

/** What can be done about a page that is taken for no article. @param {Around} around @param {string} look */
export function lookAnyway(around, look) {
  return button("popup_look_anyway", () => around.show(true), around, `look-anyway ${look}`);
}

/** @param {PageReport["kind"]} kind what the page is taken for */
function notArticle(kind) {
  return words(kind ? nameFor("popup_taken", kind) : "popup_not_article");
}

/** @param {PageReport} page @param {string} backend @param {Around} around */
function stored(page, backend, around) {
  const article = /** @type {Article} */ (page.article);
  const { changes = 0, edits = 0, anchored = 0, hidden = 0 } = page;
  const lines = [];
  if (changes) {
    lines.push(element("p", { class: "headline" }, count("popup_edited", changes)));
    if (article.last_changed_at)
      lines.push(element("p", {}, ...sentenceWithTime("popup_last", article.last_changed_at)));
    if (edits) lines.push(paragraph(words("popup_anchored", figure(anchored), figure(edits))));
    if (hidden) lines.push(element("p", { class: "notice", "data-hidden": String(hidden) }, words("popup_hidden")));
  } else {
    lines.push(paragraph(count("popup_none", article.version_count)));
  }
  if (article.last_checked_at) {
    lines.push(element("p", { class: "quiet" }, ...sentenceWithTime("popup_checked", article.last_checked_at)));
  }
  lines.push(...freshnessNotes(page.freshness, backend));
  return [...lines, row(...storedActions(page, article, around))];
}

/** @param {PageReport} page @param {Article} article @param {Around} around */
function storedActions(page, article, around) {
  const { tab } = around;
  const actions = changedButton(page.freshness, around);
  if (page.state === "ready") {
    actions.push(
      button(
        "popup_show_first",
        async () => {
          await send({ name: "show-first", tab });
          window.close();
        },
        around,
        actions.length ? "" : "main",
      ),
    );
  }
  if (article.has_history)
    actions.push(button("popup_history", () => send({ name: "open-history", article: article.id }), around));
  actions.push(articleFollowing(article, around));
  return actions;
}

/** @param {string} backend @param {Around} around */
function unknown(backend, around) {
  const follow = button(
    "popup_follow",
    async () => {
      const asked = askForText();
      follow.disabled = true;
      follow.textContent = words("popup_following");
      try {
        await asked; // refused, it is the worker that sends nothing
        await send({ name: "follow", tab: around.tab });
        await around.show();
        sayFollowed(around.say, around.show, around.tab);
      } finally {
        follow.disabled = false;
        follow.textContent = words("popup_follow");
      }
    },
    around,
    "main",
  );
  follow.setAttribute("aria-describedby", "follow-note");
  const note = element("p", { class: "quiet", id: "follow-note" }, words("popup_follow_note", backend));
  return [paragraph(words("popup_unknown")), row(follow), note];
}

/** @param {PageReport} page @param {Around} around */
function trouble(page, around) {
  if (CONNECTABLE.has(page.code ?? "")) return [connection(around)];
  const again = button(
    "popup_retry",
    async () => {
      await send({ name: "connection", retry: true });
      await around.show();
    },
    around,
    "main",
  );
  return [element("p", { class: "status bad" }, ...withCommands(messageFor(page.code))), row(again)];
}

/** How to connect, and the page again when that is done. @param {Around} around */
function connection(around) {
  const place = element("div", { class: "connection", role: "status" });
  void showConnection(place, false, () => around.act(() => around.show(true)));
  return place;
}

/** @param {string | undefined} code */
function messageFor(code = "") {
  const name = nameFor("error", code);
  const message = words(name);
  return message === name ? words("error_other", code) : message;
}

/** @param {string} text */
function paragraph(text) {
  return element("p", {}, text);
}

/** @param {...HTMLElement} buttons */
function row(...buttons) {
  return element("div", { class: "row" }, ...buttons);
}

/**
 * @param {string} label
 * @param {() => Promise<unknown>} action
 * @param {Pick<Around, "act">} around
 * @param {string} [look]
 */
export function button(label, action, { act }, look = "") {
  const made = element("button", { type: "button", class: look }, words(label));
  made.addEventListener("click", () => act(action));
  return made;
}
