/**
 * Sends the page in a tab, as the reader has it, to the backend: the one door through which a page's text leaves.
 */
import { api } from "../shared/extension-api.js";
import { mayTellText } from "../shared/text-leave.js";
import { ask } from "./backend.js";
import { Failed } from "./failure.js";
import { readSettings } from "./settings.js";
import { checkArticle } from "./shapes.js";
import { askedAs, canonicalOf, reasonNotToAsk } from "./sites.js";

/** Under the 6 MiB of HTML that the backend reads, with room for what JSON adds. */
const MAX_HTML_CHARS = 6_000_000;

/**
 * @param {number} tab
 * @param {boolean} [anyway] the reader says so: whatever the page looks like
 * @returns {Promise<{article: import("../shared/contract.js").Article, isNew: boolean}>} `isNew`: it made a new version
 */
export async function capture(tab, anyway = false) {
  const { backend } = await readSettings();
  const { body } = await ask("/api/v1/captures", { method: "POST", body: await seenIn(tab, anyway) });
  return { article: checkArticle(body?.article, backend).article, isNew: body.new_version === true };
}

/**
 * The page in a tab as it is sent.
 *
 * @param {number} tab
 * @param {boolean} anyway
 */
export async function seenIn(tab, anyway) {
  if (!(await mayTellText())) throw new Failed("text-refused");
  const { url, html, canonical } = await snapshotOf(tab);
  const canonicalUrl = canonicalOf(url, canonical) ?? undefined;
  return { url: askedAs(url), html, canonical_url: canonicalUrl, origin: "browser", anyway: anyway || undefined };
}

/** @param {number} tab @returns {Promise<{url: string, html: string, canonical: string | null}>} */
async function snapshotOf(tab) {
  const { incognito } = await api.tabs.get(tab);
  const snapshot = await api.tabs.sendMessage(tab, { name: "snapshot" }, { frameId: 0 });
  if (typeof snapshot?.html !== "string" || typeof snapshot.url !== "string") throw new Failed("no-page");
  const reason = incognito ? "private-window" : reasonNotToAsk(snapshot.url, await readSettings());
  if (reason) throw new Failed(reason);
  if (snapshot.html.length > MAX_HTML_CHARS) throw new Failed("too-large");
  return snapshot;
}
