/**
 * The state of the connection, and what to do about it: the same on the onboarding page and in the options.
 */
import { element, send, withCommands, words } from "./extension-page.js";

/** What is said above the sentence, and the command that helps, by the failure's code. */
const HELP = /** @type {Record<string, [string, string, string]>} */ ({
  "backend-down": ["onboarding_down_title", "onboarding_down_text", "rowback serve"],
  "pairing-closed": ["onboarding_pair_title", "onboarding_pair_text", "rowback pair"],
  "no-token": ["onboarding_pair_title", "onboarding_pair_text", "rowback pair"],
  "foreign-origin": ["onboarding_pair_title", "onboarding_pair_text", "rowback pair"],
});

/**
 * Asks the worker and shows the answer in `place`, a live region.
 *
 * @param {HTMLElement} place
 * @param {boolean} retry a person asked: pair even if it has just failed
 */
export async function showConnection(place, retry) {
  place.dataset.state = "checking";
  place.replaceChildren(element("p", { class: "status" }, words("connection_checking")));
  render(place, await send({ name: "connection", retry }));
}

/**
 * @param {HTMLElement} place
 * @param {import("./contract.js").Connection} report
 */
export function render(place, report) {
  place.dataset.state = report.connected ? "connected" : (report.error?.code ?? "error");
  place.replaceChildren(...(report.connected ? connected(report) : disconnected(place, report)));
}

/** @param {import("./contract.js").Connection} report */
function connected({ backend, version }) {
  const line = element("p", { class: "status good" }, words("connection_ok", backend));
  if (version) line.append(" ", element("span", { class: "quiet" }, words("connection_version", version)));
  return [line];
}

/** @param {HTMLElement} place @param {import("./contract.js").Connection} report */
function disconnected(place, { error }) {
  const code = error?.code ?? "";
  const help = HELP[code];
  const again = element("button", { type: "button" }, words(code === "backend-down" ? "popup_retry" : "popup_connect"));
  again.addEventListener("click", async () => {
    await showConnection(place, true);
    place.querySelector("button")?.focus();
  });
  if (!help) {
    const text = element("p", {}, ...withCommands(error?.message ?? ""));
    return [element("p", { class: "status bad" }, words("onboarding_other_title")), text, again];
  }
  const [title, text, command] = help;
  return [
    element("p", { class: "status bad" }, words(title)),
    element("p", {}, words(text)),
    element("pre", {}, element("code", {}, command)),
    again,
  ];
}
