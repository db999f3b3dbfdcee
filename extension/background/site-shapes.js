/**
 * Whether what the backend answered of feeds and followed sites has the shape that popup, panel and onboarding rely on.
 * Pure.
 */
import { Failed } from "./failure.js";
import { count, list, text } from "./told-values.js";

const MAX_SAID = 2_000; // an address, a headline, a reason
const MAX_SITES = 10_000;

/** @param {any} feed @returns {import("../shared/contract.js").SiteFeed} */
export function checkFeed(feed) {
  if (!/^https?:\/\//.test(feed?.url) || !URL.canParse(feed.url)) throw new Failed("backend-strange");
  const { found } = feed;
  return {
    url: feed.url,
    wasRead: feed.last_checked_at !== null,
    trouble: count(feed.failures) ? text(feed.reason_told ?? feed.reason ?? feed.outcome, MAX_SAID) : null,
    articles: found ? count(found.articles) : null,
    first: found ? list(found.first, 3).map((one) => text(one, MAX_SAID)) : [],
    leftOut: found ? Object.values(found.left_out ?? {}).reduce((sum, one) => sum + count(one), 0) : 0,
    tryFeeds: found ? list(found.try_feeds, 3).map((one) => text(one, MAX_SAID)) : [],
    kind: text(feed.kind, 40),
    include: list(feed.include, 1_000).map((one) => text(one, MAX_SAID)),
    exclude: list(feed.exclude, 1_000).map((one) => text(one, MAX_SAID)),
  };
}

/** @param {any} body what `GET /api/v1/sites` answered
 * @returns {{sites: {source: string, section: string}[], mayFollow: boolean}} */
export function checkSites(body) {
  const sites = list(body?.sites, MAX_SITES).map((one) => ({
    source: text(one?.source, MAX_SAID),
    section: text(one.section, MAX_SAID),
  }));
  return { sites, mayFollow: body.may_follow === true };
}

/** @param {any} site what it answered of one */
export function checkSite(site) {
  const { newest } = site ?? {};
  return {
    source: text(site?.source, MAX_SAID),
    followed: site.followed === true,
    feeds: list(site.feeds, MAX_SITES).map(checkFeed),
    stored: {
      articles: count(site.article_count),
      edited: count(site.edited_count),
      newest: newest === null ? null : text(newest.title, MAX_SAID),
    },
  };
}
