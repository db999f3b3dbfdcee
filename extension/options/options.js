/** Where the backend is, which sites Rowback looks on, where it was switched off. */
import { api } from "../shared/extension-api.js";
import { render, showConnection } from "../shared/connection-view.js";
import { byId, element, fillWords, send, withCommands, words } from "../shared/extension-page.js";
import { showArchives, watchReadingForm } from "../shared/reading-form.js";
import { watchSitesForm } from "../shared/sites-form.js";

const backend = /** @type {HTMLInputElement} */ (byId("backend"));
const token = /** @type {HTMLInputElement} */ (byId("token"));

fillWords();
watchSitesForm();
byId("backend-form").addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
byId("disconnect").addEventListener("click", leave);
byId("forget-reading").addEventListener("click", async () => {
  await send({ name: "forget-reading" });
  byId("forgotten").textContent = words("reading_forgotten");
});
api.storage.onChanged.addListener((changes) => {
  if ("keep" in changes || "keep_sites" in changes) void showSettings();
});
await Promise.all([showSettings(), showKeys(), watchReadingForm(), showConnected()]);

function showConnected() {
  return showConnection(byId("connection"), false, showArchives);
}

async function showSettings() {
  /** @type {import("../shared/contract.js").SettingsReport} */
  const settings = await send({ name: "settings" });
  // What is being typed is the reader's.
  if (document.activeElement !== backend) backend.value = settings.backend;
  if (document.activeElement !== token) token.value = "";
  byId("leave").hidden = !settings.has_token;
  token.placeholder = settings.has_token ? words("options_token_kept") : "";
  byId("backend-help").textContent = words("options_backend_help", settings.preset);
  byId("token-help").replaceChildren(...withCommands(words("options_token_help")));
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

/** A backend elsewhere needs the browser's permission, which must be asked for within the click itself. */
function save() {
  const origins = originsOf(backend.value);
  const asked = origins.length ? api.permissions.request({ origins }) : Promise.resolve(true);
  asked.then(finish, () => finish(false));
}

/** Connecting again undoes it. */
async function leave() {
  render(byId("connection"), await send({ name: "disconnect" }), showArchives);
  byId("backend-said").textContent = words("options_disconnected");
  await Promise.all([showSettings(), showArchives()]);
  byId("backend").focus();
}

/** @param {boolean} isGranted */
async function finish(isGranted) {
  const said = byId("backend-said");
  if (!isGranted) {
    said.textContent = words("error_permission_refused");
    return;
  }
  try {
    said.textContent = "";
    const typed = { name: "set-backend", backend: backend.value, token: token.value };
    render(byId("connection"), await send(typed), showArchives);
    await Promise.all([showSettings(), showArchives()]);
  } catch (failure) {
    said.textContent = /** @type {import("../shared/contract.js").Failure} */ (failure).message;
  }
}

/** Match patterns for a backend's address; none for what is no address, which the worker will say.
 * @param {string} typed */
function originsOf(typed) {
  const text = typed.trim();
  const address = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address)) return [];
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && hostname ? [`${protocol}//${hostname}/*`] : [];
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
