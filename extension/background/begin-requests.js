/**
 * What the onboarding page asks for to follow sites: outlets to choose from, a look before following, several at once.
 */
import { ask } from "./backend.js";
import { checkLook, checkOutlets, checkRead, checkSeveral } from "./beginning-shapes.js";
import { Failed } from "./failure.js";
import { checkFeed } from "./site-shapes.js";

/** What backends answer that came before these routes. */
const BEFORE = new Set(["not-found", "method-not-allowed", "not-implemented"]);

/** Feeds that the backend takes in one request. */
const AT_ONCE = 500;

/** @typedef {import("../shared/contract.js").SiteFeed} SiteFeed */

/** @returns {Promise<import("../shared/contract.js").Outlets>} */
export async function outlets() {
  const { body } = await known(ask("/api/v1/outlets", {}));
  return checkOutlets(body);
}

/** @returns {Promise<SiteFeed[]>} */
export async function feedsFollowed() {
  const { body } = await known(ask("/api/v1/feeds", {}));
  return Array.isArray(body?.feeds) ? body.feeds.map(checkFeed) : [];
}

/**
 * @param {import("../shared/contract.js").LookFirst} message
 * @returns {Promise<import("../shared/contract.js").FirstLook>}
 */
export async function lookFirst({ url, kind, site }) {
  const asked = { url: String(url), kind, ...(site ? { site } : {}) };
  const { body } = await known(ask("/api/v1/feeds/look", { method: "POST", body: asked }));
  return checkLook(body?.look);
}

/**
 * @param {import("../shared/contract.js").FollowSeveral} message
 * @returns {Promise<import("../shared/contract.js").Followed[]>}
 */
export async function followSeveral({ feeds }) {
  const asked = feeds.map(({ url, kind, title }) => ({ url, kind, ...(title ? { title } : {}) }));
  /** @type {import("../shared/contract.js").Followed[]} */
  const came = [];
  for (let done = 0; done < asked.length; done += AT_ONCE) {
    const some = asked.slice(done, done + AT_ONCE);
    const { body } = await known(ask("/api/v1/feeds/several", { method: "POST", body: { feeds: some } }));
    came.push(...checkSeveral(body?.feeds));
  }
  return came;
}

/**
 * @param {import("../shared/contract.js").ReadOpml} message
 * @returns {Promise<import("../shared/contract.js").Listed[]>}
 */
export async function readOpml({ opml }) {
  const { body } = await known(ask("/api/v1/feeds/opml", { method: "POST", body: { opml: String(opml) } }));
  return checkRead(body?.feeds);
}

/** @template T @param {Promise<T>} asked @returns {Promise<T>} */
async function known(asked) {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Failed && BEFORE.has(error.code)) throw new Failed("no-feeds");
    throw error;
  }
}
