/** The toolbar button's window: the state of the page, and what can be done about it. */
import { api } from "../shared/browser.js";
import { byId, fillWords, send, words } from "../shared/page.js";
import { pageView } from "./page-view.js";

/** @typedef {import("../shared/contract.js").TabReport} TabReport */

fillWords();
const tab = await tabBehind();
byId("options").addEventListener("click", () => void api.runtime.openOptionsPage());
byId("home").addEventListener("click", () => act(() => send({ name: "open-home" })));
await show();

/** @param {boolean} [force] */
async function show(force = false) {
  const place = byId("page");
  place.dataset.state = "looking";
  place.textContent = words("popup_looking");
  /** @type {TabReport} */
  const report = await send({ name: "tab", tab, force });
  const { backend } = await send({ name: "settings" });
  place.replaceChildren(...pageView(report.page, backend, { act, show, say, tab }));
  place.dataset.state = report.page?.state ?? "no-script";
  showSite(report);
}

/** @param {TabReport} report */
function showSite({ site, origin, on, granted, page }) {
  const isAsked = site !== null && (page?.state !== "off" || page.code === "site-off");
  byId("site").hidden = !isAsked;
  if (!isAsked) return;
  const box = /** @type {HTMLInputElement} */ (byId("site-on"));
  box.checked = on;
  byId("site-name").textContent = words("popup_site_on", site);
  box.onchange = () => act(async () => {
    await send({ name: "set-site", site, on: box.checked });
    await show();
  });
  byId("grant").hidden = granted || !on;
  byId("grant-site").textContent = words("popup_grant", site);
  // Within the click itself: browsers take a request made later for the extension's own idea.
  byId("grant-site").onclick = () => {
    const asked = api.permissions.request({ origins: [`${origin?.replace(/:\d+$/, "")}/*`] });
    act(async () => {
      if (await asked) await show();
    });
  };
}

/** Does something and says it when it fails. @param {() => Promise<unknown>} action */
async function act(action) {
  say("");
  try {
    await action();
  } catch (failure) {
    say(/** @type {{message?: string}} */ (failure).message ?? String(failure));
  }
}

/** @param {string} text */
function say(text) {
  byId("said").textContent = text;
}

/**
 * The tab that the button was pressed on. Where our window is itself a tab in front of it (Firefox for Android): the one
 * last seen before.
 */
async function tabBehind() {
  const own = await api.tabs.getCurrent();
  const tabs = await api.tabs.query({ currentWindow: true });
  const others = tabs.filter(({ id }) => id !== own?.id);
  const rank = (/** @type {chrome.tabs.Tab} */ one) => (one.active ? Infinity : (one.lastAccessed ?? 0));
  return Number(others.reduce((best, one) => (rank(one) > rank(best) ? one : best)).id);
}
