/**
 * Following what a site publishes, by its feeds: what the popup asks for about the site of a tab, and what was found.
 */
import { api } from "../shared/extension-api.js";
import { ask } from "./backend.js";
import { Failed } from "./failure.js";
import { readSettings } from "./settings.js";
import { checkFeed } from "./shapes.js";
import { reasonNotToAsk } from "./sites.js";

/** What backends answer that do not follow whole sites. */
const NO_FEEDS = new Set(["not-found", "method-not-allowed", "not-implemented", "backend-strange"]);

/** @typedef {import("../shared/contract.js").SiteFeed} SiteFeed */

/**
 * Has the backend follow what a site publishes.
 *
 * @param {import("../shared/contract.js").FollowSite} message
 * @returns {Promise<SiteFeed>}
 */
export async function followSite({ tab }) {
  const origin = await originIn(tab);
  try {
    const { body } = await ask("/api/v1/feeds", { method: "POST", body: { url: `${origin}/` } });
    return checkFeed(body?.feed);
  } catch (error) {
    if (error instanceof Failed && NO_FEEDS.has(error.code)) throw new Failed("no-feeds");
    throw error;
  }
}

/**
 * The feed by which the site of a tab is followed.
 *
 * @param {import("../shared/contract.js").SiteFollowed} message
 * @returns {Promise<SiteFeed | null>} also null where nobody may know
 */
export async function siteFollowed({ tab }) {
  try {
    const { host } = new URL(await originIn(tab));
    const { body } = await ask("/api/v1/feeds", {});
    /** @type {SiteFeed[]} */
    const feeds = Array.isArray(body?.feeds) ? body.feeds.map(checkFeed) : [];
    return feeds.find(({ url }) => bare(new URL(url).host) === bare(host)) ?? null;
  } catch {
    return null;
  }
}

/** @param {import("../shared/contract.js").UnfollowSite} message */
export async function unfollowSite({ url }) {
  await ask(`/api/v1/feeds?url=${encodeURIComponent(String(url))}`, { method: "DELETE" });
}

/** @param {number} tab */
async function originIn(tab) {
  const { url = "", incognito } = await api.tabs.get(tab);
  const reason = incognito ? "private-window" : reasonNotToAsk(url, await readSettings());
  if (reason) throw new Failed(reason);
  return new URL(url).origin;
}

/** Feeds are often served from another name of the same site. @param {string} host */
function bare(host) {
  return host.replace(/^(?:www|m|rss|feeds?)\./, "");
}
