/** Which packs come first, and how a list of outlets is ordered. Pure. */

/** @typedef {import("../shared/contract.js").Pack} Pack */
/** @typedef {import("../shared/contract.js").Outlet} Outlet */

/**
 * Packs in the order of the reader's languages; those that are for none of them stay as they are, behind.
 *
 * @param {Pack[]} packs
 * @param {readonly string[]} languages as the browser has them, the most wanted first
 * @returns {{pack: Pack, isMeant: boolean}[]}
 */
export function inOrder(packs, languages) {
  const ranked = packs.map((pack, place) => ({ pack, place, rank: rankOf(pack, languages) }));
  ranked.sort((one, other) => one.rank - other.rank || one.place - other.place);
  return ranked.map(({ pack, rank }) => ({ pack, isMeant: rank < Number.POSITIVE_INFINITY }));
}

/** A tag that is named fits better than one of the same language.
 * @param {Pack} pack @param {readonly string[]} languages */
function rankOf(pack, languages) {
  const ranks = languages.flatMap((language, place) => {
    if (pack.languages.some((one) => one.toLowerCase() === language.toLowerCase())) return [place];
    return pack.languages.some((one) => primary(one) === primary(language)) ? [place + 0.5] : [];
  });
  return Math.min(...ranks, Number.POSITIVE_INFINITY);
}

/** @param {string} tag */
function primary(tag) {
  return tag.toLowerCase().split("-")[0];
}

/** By name, as the reader's language has it. @param {Outlet[]} outlets @param {string} language */
export function byName(outlets, language) {
  const { compare } = new Intl.Collator(language, { sensitivity: "base" });
  return [...outlets].sort((one, other) => compare(one.name, other.name));
}

/**
 * The address that is meant by what was typed: `news.example` is `https://news.example/`. Null for none.
 *
 * @param {string} typed
 */
export function addressIn(typed) {
  const text = typed.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (/\s/.test(text) || !URL.canParse(whole)) return null;
  const { protocol, hostname, href } = new URL(whole);
  return /^https?:$/.test(protocol) && /[^.]\.[^.]/.test(hostname) ? href : null;
}
