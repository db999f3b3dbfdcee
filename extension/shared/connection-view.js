/**
 * The state of the connection, and what to do about it: the same on the onboarding page, in the options and in the
 * popup.
 */
import { api } from "./extension-api.js";
import { element, send, withCommands, words } from "./extension-page.js";

/** @typedef {import("./contract.js").Connection} Connection */
/** @typedef {import("./contract.js").PairingReport} PairingReport */

/** What is said above the sentence, by the failure's code. */
const TITLES = /** @type {Record<string, string>} */ ({
  "backend-down": "onboarding_down_title",
  "not-connected": "onboarding_pair_title",
  "no-token": "onboarding_pair_title",
  "foreign-origin": "onboarding_pair_title",
  "pairing-denied": "onboarding_denied_title",
  "pairing-expired": "onboarding_expired_title",
});

/** With these a person can begin a pairing, or begin it anew. */
export const CONNECTABLE = new Set([
  "not-connected",
  "no-token",
  "foreign-origin",
  "pairing-pending",
  "pairing-denied",
  "pairing-expired",
]);

/** What was asked or shown last in each place: an older answer that comes late is left out.
 * @type {WeakMap<HTMLElement, object>} */
const newest = new WeakMap();

/**
 * Asks the worker and shows the answer in `place`, a live region; while the owner is asked, again and again.
 *
 * @param {HTMLElement} place
 * @param {boolean} retry a person asked: begin a pairing where none waits
 * @param {() => void} [onConnected] when what was not connected is
 */
export async function showConnection(place, retry, onConnected = () => {}) {
  place.dataset.state = "checking";
  place.replaceChildren(element("p", { class: "status" }, words("connection_checking")));
  const asked = {};
  newest.set(place, asked);
  const report = await send({ name: "connection", retry });
  if (newest.get(place) === asked) render(place, report, onConnected);
}

/**
 * @param {HTMLElement} place
 * @param {Connection} report
 * @param {() => void} [onConnected]
 */
export function render(place, report, onConnected = () => {}) {
  newest.set(place, report);
  const state = report.connected ? "connected" : (report.error?.code ?? "error");
  // What stands there already is left alone: it may have the focus, and need not be read out again.
  const isSame = place.dataset.state === state && place.dataset.code === (report.pairing?.code ?? "");
  place.dataset.state = state;
  place.dataset.code = report.pairing?.code ?? "";
  if (!isSame)
    place.replaceChildren(...(report.connected ? connected(report) : disconnected(place, report, onConnected)));
  if (report.pairing) askAgain(place, report.pairing, onConnected);
}

/** @param {HTMLElement} place @param {PairingReport} pairing @param {() => void} onConnected */
function askAgain(place, { code, interval }, onConnected) {
  setTimeout(async () => {
    if (!place.isConnected || place.dataset.code !== code) return;
    /** @type {Connection} */
    const report = await send({ name: "connection" });
    if (place.dataset.code !== code) return;
    render(place, report, onConnected);
    if (report.connected) onConnected();
  }, interval);
}

/** @param {Connection} report */
function connected({ backend, version, behind }) {
  const line = element("p", { class: "status good" }, words("connection_ok", backend));
  if (version) line.append(" ", element("span", { class: "quiet" }, words("connection_version", version)));
  return behind ? [line, element("p", {}, ...behindWords(behind))] : [line];
}

/** Which of the two is to be brought up to date, and how. @param {import("./contract.js").Behind} behind */
export function behindWords({ who, backend, extension }) {
  return withCommands(words(who === "backend" ? "behind_backend" : "behind_extension", backend, extension));
}

/** @param {HTMLElement} place @param {Connection} report @param {() => void} onConnected */
function disconnected(place, { error, pairing }, onConnected) {
  if (pairing) return asking(pairing);
  const code = error?.code ?? "";
  const again = element("button", { type: "button" }, words(CONNECTABLE.has(code) ? "popup_connect" : "popup_retry"));
  again.addEventListener("click", async () => {
    await showConnection(place, true, onConnected);
    place.querySelector("button")?.focus();
    if (place.dataset.state === "connected") onConnected();
  });
  const title = element("p", { class: "status bad" }, words(TITLES[code] ?? "onboarding_other_title"));
  const told = element("p", {}, ...withCommands(error?.message ?? ""));
  return [title, told, again];
}

/** The code, and the ways to say yes. @param {PairingReport} pairing */
function asking({ code, confirm }) {
  const say = element("button", { type: "button", class: "main" }, words("pairing_open"));
  say.addEventListener("click", () => void api.tabs.create({ url: confirm }));
  return [
    element("p", { class: "status" }, words("pairing_title")),
    element("p", { class: "pairing-code", dir: "ltr" }, code),
    element("p", {}, words("pairing_text")),
    say,
    element("p", { class: "quiet" }, ...withCommands(words("pairing_other_ways", code))),
  ];
}
