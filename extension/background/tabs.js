/**
 * What the popup and the panel ask for about one tab: its state, following its article or its site, the site's
 * switches.
 */
import { api } from "../shared/extension-api.js";
import { ask } from "./backend.js";
import { capture } from "./capture.js";
import { Failed } from "./failure.js";
import { noteFollowed, noteUnfollowed } from "./followed.js";
import { isGranted, startIn, tellPagesToReconsider } from "./grants.js";
import { modeOf } from "./mode.js";
import { rememberHistoryPage } from "./lookup.js";
import { isKept, readSettings, switchKeeping, switchSite } from "./settings.js";
import { wantFollowed } from "./past.js";
import { checkArticle } from "./shapes.js";
import { reasonNotToAsk, siteOf } from "./sites.js";

/**
 * @param {import("../shared/contract.js").AskTab} message
 * @returns {Promise<import("../shared/contract.js").TabReport>}
 */
export async function askTab({ tab, force }) {
  // Without a grant the address is ours to see because the reader pressed the toolbar button on this tab.
  const { url: known, incognito } = await api.tabs.get(tab);
  const url = known ?? "";
  const settings = await readSettings();
  const site = siteOf(url);
  const reason = incognito ? "private-window" : reasonNotToAsk(url, settings);
  const report = {
    site,
    origin: site && new URL(url).origin,
    seen: known !== undefined,
    on: site !== null && !settings.offSites.includes(site),
    keeps: isKept(settings, site),
    mode: await modeOf(site),
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
export async function describe(tab, force) {
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
  const { article } = await capture(tab, true);
  return setFollowing(tab, article.id, "PUT");
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
  await (method === "PUT" ? noteFollowed(article) : noteUnfollowed(article.url));
  if (method === "PUT") await wantFollowed(article.url);
  await api.tabs.sendMessage(tab, { name: "reconsider" }, { frameId: 0 });
  return article;
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

/** @param {import("../shared/contract.js").SetSite} message */
export async function setKeeping({ site, on }) {
  if (siteOf(`http://${site}/`) !== site) throw new Failed("bad-url");
  await switchKeeping(site, on === true);
  await tellPagesToReconsider();
}
