/** One row of what can be followed: a box to tick, what was found, and how to stop. */
import { count, element, figure, words } from "../shared/extension-page.js";

/** @typedef {import("./choices.js").Choice} Choice */
/** @typedef {{about: string, language: string}} Told what stands beside the name, and in which language that is */

/** The messages for why there is nothing; what is not among them is told in the backend's own words. */
const NOTHING = /** @type {Record<string, string>} */ ({
  article: "follow_nothing_article",
  "bad-address": "follow_bad_address",
  broken: "follow_nothing_broken",
  busy: "follow_nothing_busy",
  empty: "follow_nothing_empty",
  missing: "follow_nothing_missing",
  "no-answer": "follow_nothing_no_answer",
  "not-a-feed": "follow_nothing_not_a_feed",
  private: "follow_nothing_private",
  refused: "follow_nothing_refused",
  robots: "follow_nothing_robots",
  stale: "follow_nothing_stale",
  "too-large": "follow_nothing_too_large",
});

/**
 * @param {Choice} choice
 * @param {Told} told
 * @param {{choose: (on: boolean) => void, stop: () => void}} acts
 * @returns {{node: HTMLLIElement, show: () => void}}
 */
export function outletRow(choice, { about, language }, acts) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox" }));
  box.addEventListener("change", () => acts.choose(box.checked));
  const name = element("span", { class: "name", dir: "auto", lang: language || null }, choice.wish.name);
  const label = element("label", {}, box, element("span", {}, name, " ", element("span", { class: "quiet" }, about)));
  const found = element("p", { class: "found quiet", role: "status" });
  const stop = element(
    "button",
    { type: "button", class: "link", "aria-label": words("follow_stop", choice.wish.name) },
    words("popup_unfollow"),
  );
  stop.addEventListener("click", () => acts.stop());
  const node = element("li", { "data-url": choice.wish.url }, label, found);
  const show = () => {
    const { state } = choice;
    node.dataset.state = state;
    box.checked = state !== "idle" && state !== "nothing";
    box.disabled = state === "followed";
    found.replaceChildren(...saidOf(choice), ...(state === "followed" ? [" ", stop] : []));
  };
  show();
  return { node, show };
}

/** @param {Choice} choice @returns {(Node | string)[]} */
function saidOf({ state, look, said }) {
  if (state === "waiting" || state === "reading") return [words("popup_looking")];
  if (state === "followed") return [words("follow_followed"), ...(look ? [" ", ...foundWords(look)] : [])];
  if (state === "idle") return [];
  if (said) return [said];
  return look?.feed ? foundWords(look) : nothingWords(look?.nothing ?? null);
}

/** @param {import("../shared/contract.js").FirstLook} look */
function foundWords({ feed, nothing }) {
  if (!feed) return [];
  const told = [
    ...(nothing ? [...nothingWords(nothing), words("follow_instead", feed.url)] : []),
    `${count("popup_site_found", feed.articles)}.`,
    ...feed.first.slice(0, 1).map((one) => words("popup_site_first", one)),
    feed.aDay === null ? words("follow_a_day_unknown") : words("follow_a_day", figure(feed.aDay)),
    ...(feed.leadsTo ? [words("follow_leads_to", feed.leadsTo)] : []),
  ];
  return told.flatMap((one, place) => (place ? [" ", one] : [one]));
}

/** @param {{why: string, reason: string} | null} nothing @returns {(Node | string)[]} */
function nothingWords(nothing) {
  const { why, reason } = nothing ?? { why: "", reason: "" };
  const told = words(Object.hasOwn(NOTHING, why) ? NOTHING[why] : "follow_nothing_other");
  return reason ? [`${told} `, element("span", { lang: "en", dir: "ltr" }, `(${reason})`)] : [told];
}
