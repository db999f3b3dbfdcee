/**
 * Following what a site publishes, by its feeds: what the popup and the panel ask for about the site of a tab. Whether
 * it is followed is found out here, from a list of all that is: what the reader looks at is not said for that.
 */
import { api } from "../shared/extension-api.js";
import { ask } from "./backend.js";
import { openBackendPage } from "./backend-pages.js";
import { Failed } from "./failure.js";
import { readSettings } from "./settings.js";
import { checkFeed, checkSite, checkSites } from "./site-shapes.js";
import { reasonNotToAsk, siteOf } from "./sites.js";

/** What backends answer that do not follow whole sites. */
const NO_FEEDS = new Set(["not-found", "method-not-allowed", "not-implemented", "backend-strange"]);

/** @typedef {import("../shared/contract.js").SiteFeed} SiteFeed */
/** @typedef {import("../shared/contract.js").SiteReport} SiteReport */

/**
 * Has the backend follow what a site publishes.
 *
 * @param {import("../shared/contract.js").FollowSite} message
 * @returns {Promise<SiteFeed>}
 */
export async function followSite({ tab }) {
  const { origin } = await addressIn(tab);
  return follow({ url: `${origin}/` });
}

/**
 * The site of a tab, and by what it is followed.
 *
 * @param {import("../shared/contract.js").SiteFollowed} message
 * @returns {Promise<SiteReport>}
 */
export async function siteFollowed({ tab }) {
  const page = await addressIn(tab);
  const unfollowed = {
    source: siteOf(page.href) ?? page.host,
    isFront: page.pathname === "/",
    feeds: [],
    stored: null,
  };
  const { sites, mayFollow } = checkSites((await ask("/api/v1/sites", {})).body);
  const sections = sites.filter((one) => isOf(one, page)).map(({ section }) => section);
  if (!sections.length) return { ...unfollowed, followed: false, mayFollow };
  const longest = sections.reduce((one, other) => (other.length > one.length ? other : one));
  const { body } = await ask(`/api/v1/sites?url=${encodeURIComponent(`${page.origin}${longest || "/"}`)}`, {});
  return { ...unfollowed, mayFollow, ...checkSite(body?.site) };
}

/** @param {import("../shared/contract.js").UnfollowSite} message */
export async function unfollowSite({ urls }) {
  for (const url of urls) await ask(`/api/v1/feeds?url=${encodeURIComponent(String(url))}`, { method: "DELETE" });
}

/** What was followed before, as it was. @param {import("../shared/contract.js").RefollowSite} message */
export async function refollowSite({ feeds }) {
  for (const { url, kind, include, exclude } of feeds) await follow({ url, kind, include, exclude });
}

/** @param {import("../shared/contract.js").OpenSite} message */
export async function openSite({ source }) {
  await openBackendPage(`/?source=${encodeURIComponent(source)}`);
}

/** @param {{url: string, kind?: string, include?: string[], exclude?: string[]}} feed @returns {Promise<SiteFeed>} */
async function follow(feed) {
  try {
    const { body } = await ask("/api/v1/feeds", { method: "POST", body: feed });
    return checkFeed(body?.feed);
  } catch (error) {
    if (error instanceof Failed && NO_FEEDS.has(error.code)) throw new Failed("no-feeds");
    throw error;
  }
}

/** @param {{source: string, section: string}} part @param {URL} page */
function isOf({ source, section }, { hostname, pathname }) {
  const isHost = hostname === source || hostname.endsWith(`.${source}`);
  return isHost && (pathname === section || pathname.startsWith(`${section}/`));
}

/** @param {number} tab */
async function addressIn(tab) {
  const { url = "", incognito } = await api.tabs.get(tab);
  const reason = incognito ? "private-window" : reasonNotToAsk(url, await readSettings());
  if (reason) throw new Failed(reason);
  return new URL(url);
}
