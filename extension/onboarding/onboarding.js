/** The page after installing, to which one can come back: connect, choose sites, follow some. */
import { api } from "../shared/extension-api.js";
import { watchBackendForm } from "../shared/backend-form.js";
import { byId, element, fillWords, send, words } from "../shared/extension-page.js";
import { showConnection } from "../shared/connection-view.js";
import { showArchives, watchReadingForm } from "../shared/reading-form.js";
import { watchSitesForm } from "../shared/sites-form.js";
import { openStep, watchFollowStep } from "./follow-step.js";
import { watchOwnerWindow } from "./owner-window.js";

fillWords();
watchSitesForm();
const askOwner = watchOwnerWindow();
const follow = watchFollowStep((isDone) => mark("step-follow", isDone));
const showBackend = watchBackendForm(byId("connection"), onConnected);
byId("steps").addEventListener("click", goTo);
document.querySelectorAll("a.skip").forEach((link) => link.addEventListener("click", goTo));
// A connection may be made, and lost, in another tab: the place that shows it says so.
new MutationObserver(showConnected).observe(byId("connection"), { attributeFilter: ["data-state"] });
api.permissions.onAdded.addListener(showGranted);
api.permissions.onRemoved.addListener(showGranted);
await Promise.all([
  watchReadingForm(),
  showBackend(),
  showGranted(),
  showConnection(byId("connection"), true, onConnected),
]);
const { backend } = await send({ name: "settings" });
byId("privacy").textContent = words("onboarding_privacy_text", backend);
showHash();

function onConnected() {
  void showArchives();
}

function showConnected() {
  const { state } = byId("connection").dataset;
  const isConnected = state === "connected";
  askOwner(isConnected, state === "pairing-pending");
  mark("step-connect", isConnected);
  if (isConnected) void openStep(follow);
}

async function showGranted() {
  const { origins = [] } = await api.permissions.getAll();
  const { host_permissions: given = [] } = api.runtime.getManifest();
  mark(
    "step-sites",
    origins.some((origin) => !given.includes(origin)),
  );
}

/** Says in the list of steps that one is done. @param {string} step @param {boolean} isDone */
function mark(step, isDone) {
  const link = document.querySelector(`#steps a[href="#${step}"]`);
  const item = link?.closest("li");
  if (!item || item.dataset.done === String(isDone)) return;
  item.dataset.done = String(isDone);
  item.querySelector(".hidden")?.remove();
  if (isDone) item.append(element("span", { class: "hidden" }, words("onboarding_step_done")));
}

/** The browser scrolls, and keeps the way back; the keyboard goes along. @param {Event} event */
function goTo(event) {
  const link = /** @type {HTMLElement} */ (event.target).closest("a");
  const step = link && document.getElementById(link.hash.slice(1));
  if (step) setTimeout(() => step.focus({ preventScroll: true }));
}

/** The page had no height yet when the browser looked for the place. */
function showHash() {
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}
