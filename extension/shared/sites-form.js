/**
 * Choosing where Rowback looks: asks the browser for permission, shows what is granted.
 *
 * `permissions.request` must be called within the click itself: nothing may be awaited before it.
 */
import { api } from "./extension-api.js";
import { byId, element, words } from "./extension-page.js";
import { patternsFor, siteNamed } from "./site-patterns.js";

const ALL = ["http://*/*", "https://*/*"];

export function watchSitesForm() {
  byId("allow-all-sites").addEventListener("click", ({ currentTarget }) => {
    const isDone = /** @type {HTMLElement} */ (currentTarget).classList.contains("done");
    if (!isDone) request(ALL, words("onboarding_granted_all"));
  });
  byId("add-site").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (byId("site"));
    const site = siteNamed(field.value);
    if (!site) return say(words("onboarding_bad_site"));
    request(patternsFor(site), words("onboarding_granted_site", site));
    field.value = "";
  });
  api.permissions.onAdded.addListener(showGranted);
  api.permissions.onRemoved.addListener(showGranted);
  void showGranted();
}

/** @param {string[]} origins @param {string} done */
function request(origins, done) {
  api.permissions.request({ origins }).then(
    (granted) => say(granted ? done : words("onboarding_refused")),
    () => say(words("onboarding_refused")),
  );
}

/** @param {string} text */
function say(text) {
  byId("sites-said").textContent = text;
}

/** Loopback, which needs no asking, is not worth a line. */
async function showGranted() {
  const { origins = [] } = await api.permissions.getAll();
  const { host_permissions: given = [] } = api.runtime.getManifest();
  const chosen = origins.filter((origin) => !given.includes(origin));
  byId("granted").hidden = !chosen.length;
  const isAll = ALL.every((origin) => chosen.includes(origin)) || chosen.includes("*://*/*");
  showAllGranted(isAll);
  const sites = isAll ? [{ name: words("sites_all"), origins: chosen }] : bySite(chosen);
  byId("granted-sites").replaceChildren(...sites.map(({ name, origins: patterns }) => grantedItem(name, patterns)));
}

/** What is done need not be pressed again. @param {boolean} isAll */
function showAllGranted(isAll) {
  const button = byId("allow-all-sites");
  button.textContent = words(isAll ? "onboarding_all_sites_done" : "onboarding_all_sites");
  button.classList.toggle("main", !isAll);
  button.classList.toggle("done", isAll);
  button.setAttribute("aria-disabled", String(isAll));
}

/** @param {string[]} origins */
function bySite(origins) {
  const names = new Map(/** @type {[string, string[]][]} */ ([]));
  for (const origin of origins) {
    const name = origin.replace(/^[^/]*\/\/(?:\*\.)?/, "").replace(/\/.*$/, "");
    names.set(name, [...(names.get(name) ?? []), origin]);
  }
  return [...names].map(([name, patterns]) => ({ name, origins: patterns }));
}

/** @param {string} name @param {string[]} origins */
function grantedItem(name, origins) {
  const remove = element("button", { type: "button", class: "quiet", "aria-label": words("sites_remove", name) }, "✕");
  remove.addEventListener("click", () => void api.permissions.remove({ origins }));
  return element("li", {}, element("span", {}, name), remove);
}
