/**
 * Whether what the backend answered of outlets and looks has the shape that the onboarding page relies on. Pure. What
 * outlets are called and what feeds say of themselves comes from strangers: bounded strings, and addresses of the web.
 */
import { Failed } from "./failure.js";
import { checkFeed } from "./site-shapes.js";
import { count, list, optionalCount, text } from "./told-values.js";

const MAX_OUTLETS = 5_000;
const MAX_PACKS = 200;
const MAX_FEEDS = 10_000;
const MAX_SAID = 2_000;
const KINDS = /** @type {const} */ (["feed", "sitemap", "front", "site"]);

/** @typedef {import("../shared/contract.js").Outlet} Outlet */

/** @param {any} body what `GET /api/v1/outlets` answered @returns {import("../shared/contract.js").Outlets} */
export function checkOutlets(body) {
  return {
    rule: address(body?.rule),
    packs: list(body.packs, MAX_PACKS).map((pack) => ({
      id: text(pack?.id, 100),
      name: text(pack.name, 200),
      language: tag(pack.language),
      languages: list(pack.languages, 100).map(tag),
      outlets: list(pack.outlets, 100).map((one) => text(one, MAX_SAID)),
    })),
    outlets: list(body.outlets, MAX_OUTLETS).map(checkOutlet),
  };
}

/** @param {any} outlet @returns {Outlet} */
function checkOutlet(outlet) {
  const country = text(outlet?.country, 2);
  if (!/^[A-Z]{2}$/.test(country)) throw new Failed("backend-strange");
  return {
    name: text(outlet.name, MAX_SAID),
    country,
    language: tag(outlet.language),
    site: address(outlet.site),
    url: address(outlet.feed_url),
    kind: kindOf(outlet.kind),
  };
}

/** @param {any} look what `POST /api/v1/feeds/look` answered @returns {import("../shared/contract.js").FirstLook} */
export function checkLook(look) {
  const { feed, nothing } = look ?? {};
  if (!feed && !nothing) throw new Failed("backend-strange");
  return {
    feed: feed
      ? {
          url: address(feed.url),
          kind: kindOf(feed.kind),
          title: text(feed.title, MAX_SAID),
          articles: count(feed.articles),
          first: list(feed.first, 3).map((one) => text(one, MAX_SAID)),
          aDay: optionalCount(feed.a_day),
          megabytes: optionalCount(feed.megabytes_a_month),
          leadsTo: feed.leads_to === null ? null : text(feed.leads_to, MAX_SAID),
        }
      : null,
    nothing: nothing ? { why: text(nothing.why, 40), reason: text(nothing.reason, MAX_SAID) } : null,
  };
}

/** @typedef {import("../shared/contract.js").Followed} Followed */

/** @param {any} feeds what `POST /api/v1/feeds/several` answered @returns {Followed[]} */
export function checkSeveral(feeds) {
  return list(feeds, MAX_FEEDS).map((one) => ({
    feed: one?.feed ? checkFeed(one.feed) : null,
    problem: one?.feed ? null : text(one?.problem, MAX_SAID),
  }));
}

/** @param {any} feeds what `POST /api/v1/feeds/opml` answered @returns {import("../shared/contract.js").Listed[]} */
export function checkRead(feeds) {
  return list(feeds, MAX_FEEDS).map((one) => ({
    url: text(one?.url, 8192),
    title: text(one.title, MAX_SAID),
    site: one.site === null ? "" : text(one.site, 8192),
  }));
}

/** @param {unknown} value */
function address(value) {
  const found = text(value, 8192);
  if (!/^https?:\/\//.test(found) || !URL.canParse(found)) throw new Failed("backend-strange");
  return found;
}

/** @param {unknown} value */
function tag(value) {
  const found = text(value, 35);
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(found)) throw new Failed("backend-strange");
  return found;
}

/** @param {unknown} value */
function kindOf(value) {
  const found = KINDS.find((kind) => kind === value);
  if (!found) throw new Failed("backend-strange");
  return found;
}
