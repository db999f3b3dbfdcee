/**
 * At home the page that asks the backend's owner opens by itself, once, beside the page that opens after the install:
 * both show the code, and the owner's yes there is the one press. It goes when it was answered.
 *
 * It opens what the button under the code opens, and nothing that a web page could ask for: our pages are not to be
 * reached from the web. What lets in is the yes of a browser that is signed in there.
 */
import { api } from "../shared/extension-api.js";
import { send } from "../shared/extension-page.js";

/** @typedef {import("../shared/contract.js").Connection} Connection */

/** Said by the worker when it opens the page after the install. */
const INSTALLED = "?installed";
/** What is asked fits in without scrolling, and the code on the page behind stays to be seen. */
const SIZE = { width: 480, height: 640 };
const BELOW_TOP = 90;

/** @returns {(isConnected: boolean, isPending: boolean) => void} told whenever the connection's state changes */
export function watchOwnerWindow() {
  let isDue = location.search === INSTALLED;
  // Coming back to this page, or loading it again, is not installing.
  if (isDue) history.replaceState(null, "", location.pathname + location.hash);
  /** @type {Promise<{id: number, confirm: string} | null> | null} */
  let opened = null;
  return (isConnected, isPending) => {
    if (isPending && isDue) {
      isDue = false;
      opened = open().catch(() => null); // the button under the code does the same
    }
    if (isConnected && opened) void opened.then(close);
  };
}

async function open() {
  /** @type {[Connection, import("../shared/contract.js").SettingsReport]} */
  const [{ pairing }, { is_local: isLocal }] = await Promise.all([
    send({ name: "connection" }),
    send({ name: "settings" }),
  ]);
  // Elsewhere it is another browser that is signed in; and telephones have no windows.
  if (!pairing || !isLocal || !api.windows?.create) return null;
  const { confirm } = pairing;
  /** @type {chrome.windows.CreateData} */
  const wanted = { type: "popup", url: confirm, ...SIZE };
  const side = await atTheSide();
  const made = await api.windows.create({ ...wanted, ...side }).catch(() => api.windows.create(wanted));
  return made?.id === undefined ? null : { id: made.id, confirm };
}

/** At the right of this window, so that the code in its middle is not covered. Off the screen browsers refuse it. */
async function atTheSide() {
  const { left = 0, top = 0, width = 0 } = await api.windows.getCurrent();
  return { left: Math.max(left, left + width - SIZE.width), top: top + BELOW_TOP };
}

/**
 * Who said yes elsewhere, in another browser or by a command, has it standing at the page that asks to sign in.
 * Whatever else was opened in it is the reader's.
 *
 * @param {{id: number, confirm: string} | null} asked
 */
async function close(asked) {
  if (!asked) return;
  const tabs = await api.tabs.query({ windowId: asked.id }).catch(() => []);
  const at = (tabs[0]?.url ?? "").split(/[?#]/)[0];
  const ours = [asked.confirm, new URL("login", asked.confirm).href].map((url) => url.split(/[?#]/)[0]);
  if (tabs.length === 1 && ours.includes(at)) await api.windows.remove(asked.id).catch(() => {});
}
