/**
 * What our own pages share: words in place, nodes from text, messages to the worker. They never call the backend: a
 * page's request may be stopped by the browser's guard of the local network, the worker's is not.
 */
import "./messages.js";
import "./listen.js";
import "./nodes.js";
import "./time-nodes.js";
import { api } from "./extension-api.js";

export const { words, nameFor, count, ago, exactly, days, clock, listed, figure, direction } =
  globalThis.RowbackMessages;
export const { element } = globalThis.RowbackNodes;
const { sentence, since } = globalThis.RowbackTimeNodes;

/**
 * The value of the worker's reply. Throws the reply's `{code, message}`.
 *
 * @param {{name: string} & Record<string, unknown>} message
 * @returns {Promise<any>}
 */
export async function send(message) {
  /** @type {import("./contract.js").Reply} */
  const reply = await api.runtime.sendMessage(message);
  if (!reply.ok) throw reply.error;
  return reply.value;
}

/**
 * Fills in the words, `data-words="NAME"` for text, `data-words-ATTRIBUTE="NAME"` for an attribute, and shows the page:
 * before, it has no words, and its buttons do nothing yet.
 */
export function fillWords() {
  document.documentElement.lang = words("language_tag");
  document.documentElement.dir = direction();
  for (const node of document.querySelectorAll("*")) {
    for (const { name, value } of [...node.attributes]) {
      if (name === "data-words") node.textContent = words(value);
      else if (name.startsWith("data-words-")) node.setAttribute(name.slice(11), words(value));
    }
  }
  document.querySelectorAll("main").forEach((main) => (main.hidden = false));
}

/**
 * The element with this id, which the page's own HTML is known to hold.
 *
 * @template {Element} [T=HTMLElement]
 * @param {string} id
 */
export function byId(id) {
  return /** @type {T} */ (/** @type {unknown} */ (document.getElementById(id)));
}

/** @param {string} message with `$1` where the time goes @param {string} instant */
export function sentenceWithTime(message, instant) {
  return sentence(message, since(instant));
}

/**
 * Text in which `“…”` names a command: shown as code, so that it can be copied. A checkout's copy of the extension
 * names it as it is typed there.
 *
 * @param {string} text
 */
export function withCommands(text) {
  const name = words("command_name").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return text
    .split(new RegExp(`“(${name} [^”]+)”`))
    .map((piece, number) => (number % 2 ? element("code", {}, piece) : piece));
}
