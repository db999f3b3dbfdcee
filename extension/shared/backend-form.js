/** Where the backend is, and a token for it: the same form on the onboarding page and in the options. */
import { api } from "./extension-api.js";
import { render } from "./connection-view.js";
import { byId, send, withCommands, words } from "./extension-page.js";

/** What we put into the fields ourselves, or have used: what differs from it a reader is typing. */
const ours = { backend: "", token: "" };

/**
 * @param {HTMLElement} place where the connection is shown
 * @param {() => unknown} onSaved
 * @returns {() => Promise<void>} shows what is set now
 */
export function watchBackendForm(place, onSaved) {
  byId("backend-form").addEventListener("submit", (event) => {
    event.preventDefault();
    save(place, onSaved);
  });
  return showBackend;
}

async function showBackend() {
  /** @type {import("./contract.js").SettingsReport} */
  const settings = await send({ name: "settings" });
  const { backend, token } = fields();
  fill(backend, "backend", settings.backend);
  fill(token, "token", "");
  token.placeholder = settings.has_token ? words("options_token_kept") : "";
  byId("backend-help").textContent = words("options_backend_help", settings.preset);
  byId("token-help").replaceChildren(...withCommands(words("options_token_help")));
}

/** What is being typed is the reader's, also while the worker's answer is on its way.
 * @param {HTMLInputElement} field @param {"backend" | "token"} name @param {string} value */
function fill(field, name, value) {
  if (document.activeElement === field || field.value !== ours[name]) return;
  field.value = value;
  ours[name] = value;
}

function empty() {
  fields().token.value = "";
  ours.token = "";
}

function fields() {
  return {
    backend: /** @type {HTMLInputElement} */ (byId("backend")),
    token: /** @type {HTMLInputElement} */ (byId("token")),
  };
}

/** A backend elsewhere needs the browser's permission, which must be asked for within the click itself. What is sent is
 * what stood in the fields then: they may be filled anew meanwhile.
 * @param {HTMLElement} place @param {() => unknown} onSaved */
function save(place, onSaved) {
  const typed = { backend: fields().backend.value, token: fields().token.value };
  const origins = originsOf(typed.backend);
  const asked = origins.length ? api.permissions.request({ origins }) : Promise.resolve(true);
  asked.then(
    (isGranted) => finish(isGranted, typed, place, onSaved),
    () => finish(false, typed, place, onSaved),
  );
}

/** @param {boolean} isGranted @param {{backend: string, token: string}} typed @param {HTMLElement} place
 * @param {() => unknown} onSaved */
async function finish(isGranted, typed, place, onSaved) {
  const said = byId("backend-said");
  if (!isGranted) {
    said.textContent = words("error_permission_refused");
    return;
  }
  try {
    said.textContent = "";
    const report = await send({ name: "set-backend", ...typed });
    render(place, report, () => onSaved());
    Object.assign(ours, typed);
    // A code is used up, and a token is kept elsewhere: neither is to be sent again by the next press.
    if (report.connected && fields().token.value === typed.token) empty();
    await showBackend();
    await onSaved();
  } catch (failure) {
    said.textContent = /** @type {import("./contract.js").Failure} */ (failure).message;
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
