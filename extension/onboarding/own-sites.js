/** The reader's own: an address that is pasted, the sites of open tabs, the list of a feed reader. */
import { api } from "../shared/extension-api.js";
import { byId, element, figure, send, words } from "../shared/extension-page.js";
import { choiceOf, choose } from "./choices.js";
import { addressIn } from "./pack-order.js";

/** @typedef {import("./choices.js").Wish} Wish */
/**
 * @typedef {object} Own
 * @property {import("./choices.js").Choices} choices
 * @property {(wish: Wish, told: import("./outlet-row.js").Told) => HTMLLIElement} row
 * @property {Set<string>} shown addresses
 */

const MAX_OPML_BYTES = 4_000_000; // the backend takes no more

/** @param {Own} own */
export function watchOwn(own) {
  byId("add-feed").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (byId("feed"));
    const url = addressIn(field.value);
    if (!url) return say(words("follow_bad_address"));
    say("");
    addSite(own, url);
    field.value = "";
  });
  byId("opml").addEventListener("change", () => {
    const field = /** @type {HTMLInputElement} */ (byId("opml"));
    const file = field.files?.[0];
    if (file) void readList(own, file).then(() => (field.value = "")); // the same file may be chosen again
  });
  byId("choose-own").addEventListener("click", () => {
    for (const choice of own.choices.all.values()) {
      if (own.shown.has(choice.wish.url) && choice.state === "idle") choose(own.choices, choice, true);
    }
  });
}

/** A row of the reader's own, once. @param {Own} own @param {Wish} wish */
export function addOwn(own, wish) {
  if (!own.shown.has(wish.url)) {
    own.shown.add(wish.url);
    byId("own").hidden = false;
    const host = hostOf(wish.url);
    byId("own-list").append(own.row(wish, { about: wish.name.startsWith(host) ? "" : host, language: "" }));
  }
  return choiceOf(own.choices, wish);
}

/** @param {Own} own @param {string} url */
function addSite(own, url) {
  choose(own.choices, addOwn(own, { url, kind: "site", site: "", name: nameOf(url) }), true);
}

/** Those that the browser tells: of the sites where Rowback may look, but the backend's own pages. @param {Own} own */
export async function showOpenSites(own) {
  const [tabs, { backend }] = await Promise.all([api.tabs.query({}), send({ name: "settings" })]);
  const origins = tabs
    .filter(({ url, incognito }) => !incognito && url && addressIn(url) && !`${url}/`.startsWith(`${backend}/`))
    .map(({ url }) => `${new URL(String(url)).origin}/`);
  const sites = [...new Set(origins)].sort();
  byId("open-sites").hidden = !sites.length;
  byId("open-list").replaceChildren(...sites.map((url) => openSite(own, url)));
}

/** @param {Own} own @param {string} url */
function openSite(own, url) {
  const button = element("button", { type: "button", class: "quiet" }, hostOf(url));
  button.addEventListener("click", () => addSite(own, url));
  return element("li", {}, button);
}

/** @param {Own} own @param {File} file */
async function readList(own, file) {
  if (file.size > MAX_OPML_BYTES) return say(words("follow_opml_large"));
  say(words("popup_looking"));
  try {
    /** @type {import("../shared/contract.js").Listed[]} */
    const listed = await send({ name: "read-opml", opml: await file.text() });
    const feeds = listed.filter(({ url }) => /^https?:\/\//.test(url) && addressIn(url));
    for (const { url, title, site } of feeds) addOwn(own, { url, kind: "feed", site, name: title || nameOf(url) });
    say(feeds.length ? words("follow_opml_read", figure(feeds.length)) : words("follow_opml_none"));
  } catch (failure) {
    say(/** @type {{message?: string}} */ (failure).message ?? String(failure));
  }
}

/** @param {string} url */
function hostOf(url) {
  return new URL(url).host.replace(/^www\./, "");
}

/** @param {string} url */
export function nameOf(url) {
  const { pathname } = new URL(url);
  return hostOf(url) + (pathname === "/" ? "" : pathname);
}

/** @param {string} text */
function say(text) {
  byId("add-said").textContent = text;
}
