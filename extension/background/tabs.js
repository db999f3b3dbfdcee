/**
 * What the popup asks for about one tab: its state, following its article, the switch for its site.
 */
import { api } from "../shared/browser.js";
import { ask } from "./backend.js";
import { Failed } from "./failure.js";
import { isGranted, startIn, tellPagesToReconsider } from "./grants.js";
import { rememberHistoryPage } from "./lookup.js";
import { readSettings, switchSite } from "./settings.js";
import { checkArticle } from "./shapes.js";
import { askedAs, canonicalOf, reasonNotToAsk, siteOf } from "./sites.js";

/** Under the 6 MiB of HTML that the backend reads, with room for what JSON adds. */
const MAX_HTML_CHARS = 6_000_000;

/**
 * @param {import("../shared/contract.js").AskTab} message
 * @returns {Promise<import("../shared/contract.js").TabReport>}
 */
export async function askTab({ tab, force }) {
  // Without a grant the address is ours to see because the reader pressed the toolbar button on this tab.
  const { url = "", incognito } = await api.tabs.get(tab);
  const settings = await readSettings();
  const site = siteOf(url);
  const reason = incognito ? "private-window" : reasonNotToAsk(url, settings);
  const report = {
    site,
    origin: site && new URL(url).origin,
    on: site !== null && !settings.offSites.includes(site),
    granted: site !== null && (await isGranted(url)),
  };
  if (reason) return { ...report, page: { state: "off", code: reason } };
  const page = await describe(tab, force === true);
  return page ? { ...report, page } : report;
}

/**
 * The page's own account; starts the content script where it does not run yet.
 *
 * @param {number} tab
 * @param {boolean} force
 * @returns {Promise<import("../shared/contract.js").PageReport | null>} null where the browser allows no script
 */
async function describe(tab, force) {
  const message = { name: "describe", force };
  try {
    return await api.tabs.sendMessage(tab, message, { frameId: 0 });
  } catch {
    // Nobody listens there yet.
  }
  try {
    await startIn(tab);
    return await api.tabs.sendMessage(tab, message, { frameId: 0 });
  } catch {
    return null;
  }
}

/**
 * Stores the page as the reader has it, then has the backend watch it.
 *
 * @param {import("../shared/contract.js").Follow} message
 */
export async function follow({ tab }) {
  const { url, html, canonical } = await snapshotOf(tab);
  const { backend } = await readSettings();
  const capture = { url: askedAs(url), html, canonical_url: canonicalOf(url, canonical) ?? undefined, origin: "browser" };
  const { body } = await ask("/api/v1/captures", { method: "POST", body: capture });
  return setFollowing(tab, checkArticle(body?.article, backend).article.id, "PUT");
}

/** @param {import("../shared/contract.js").FollowStored} message */
export async function followStored({ tab }) {
  return setFollowing(tab, await articleIn(tab), "PUT");
}

/** @param {import("../shared/contract.js").Unfollow} message */
export async function unfollow({ tab }) {
  return setFollowing(tab, await articleIn(tab), "DELETE");
}

/** @param {number} tab */
async function articleIn(tab) {
  const page = await describe(tab, false);
  if (!page?.article) throw new Failed("no-page");
  return page.article.id;
}

/**
 * @param {number} tab
 * @param {number} id
 * @param {"PUT" | "DELETE"} method
 */
async function setFollowing(tab, id, method) {
  const { backend } = await readSettings();
  const { body } = await ask(`/api/v1/articles/${id}/follow`, { method, body: method === "PUT" ? {} : undefined });
  const { article, history } = checkArticle(body?.article, backend);
  await rememberHistoryPage(article.id, history);
  await api.tabs.sendMessage(tab, { name: "reconsider" }, { frameId: 0 });
  return article;
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

/** @param {import("../shared/contract.js").ShowFirst} message */
export async function showFirst({ tab }) {
  await api.tabs.sendMessage(tab, { name: "open-first" }, { frameId: 0 });
}

/** @param {import("../shared/contract.js").SetSite} message */
export async function setSite({ site, on }) {
  if (siteOf(`http://${site}/`) !== site) throw new Failed("bad-url");
  await switchSite(site, on === true);
  await tellPagesToReconsider();
}
