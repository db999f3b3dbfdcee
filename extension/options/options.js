/** Where the backend is, which sites Rowback looks on, where it was switched off. */
import { api } from "../shared/extension-api.js";
import { watchBackendForm } from "../shared/backend-form.js";
import { render, showConnection } from "../shared/connection-view.js";
import { byId, element, fillWords, send, words } from "../shared/extension-page.js";
import { showArchives, watchReadingForm } from "../shared/reading-form.js";
import { watchSitesForm } from "../shared/sites-form.js";

fillWords();
watchSitesForm();
const showBackend = watchBackendForm(byId("connection"), () => Promise.all([showSettings(), showArchives()]));
byId("begin").addEventListener("click", () => {
  void api.tabs.create({ url: api.runtime.getURL("onboarding/index.html#step-follow") });
});
byId("disconnect").addEventListener("click", leave);
byId("forget-reading").addEventListener("click", async () => {
  await send({ name: "forget-reading" });
  byId("forgotten").textContent = words("reading_forgotten");
});
api.storage.onChanged.addListener((changes) => {
  if ("keep" in changes || "keep_sites" in changes) void showSettings();
});
await Promise.all([showBackend(), showSettings(), showKeys(), watchReadingForm(), showConnected()]);

function showConnected() {
  return showConnection(byId("connection"), false, showArchives);
}

async function showSettings() {
  /** @type {import("../shared/contract.js").SettingsReport} */
  const settings = await send({ name: "settings" });
  byId("leave").hidden = !settings.has_token;
  byId("off-none").hidden = settings.off_sites.length > 0;
  byId("off-sites").replaceChildren(...settings.off_sites.map(offItem));
  const others = Object.entries(settings.keep_sites).filter(([, on]) => on !== settings.keep);
  byId("keep-others").hidden = !others.length;
  byId("keep-sites").replaceChildren(...others.map(([site]) => keepItem(site, settings.keep)));
}

/** As the browser has them now: readers change them in the browser. */
async function showKeys() {
  const commands = (await api.commands?.getAll?.()) ?? [];
  const named = commands.filter(({ description }) => description);
  byId("keys").replaceChildren(
    ...named.flatMap(({ description, shortcut }) => [
      element("dt", {}, String(description)),
      element("dd", {}, shortcut ? element("kbd", {}, shortcut) : words("options_keys_none")),
    ]),
  );
}

/** Connecting again undoes it. */
async function leave() {
  render(byId("connection"), await send({ name: "disconnect" }), showArchives);
  byId("backend-said").textContent = words("options_disconnected");
  await Promise.all([showBackend(), showSettings(), showArchives()]);
  byId("backend").focus();
}

/** @param {string} site */
function offItem(site) {
  const on = element("button", { type: "button", class: "quiet" }, words("options_switch_on"));
  on.addEventListener("click", async () => {
    await send({ name: "set-site", site, on: true });
    await showSettings();
  });
  return element("li", {}, element("span", {}, site), on);
}

/** @param {string} site @param {boolean} usual what holds for the others */
function keepItem(site, usual) {
  const remove = element("button", { type: "button", class: "quiet", "aria-label": words("sites_remove", site) }, "✕");
  remove.addEventListener("click", async () => {
    await send({ name: "set-keeping", site, on: usual });
    await showSettings();
  });
  return element(
    "li",
    {},
    element("span", {}, words(usual ? "reading_site_not_kept" : "reading_site_kept", site)),
    remove,
  );
}
