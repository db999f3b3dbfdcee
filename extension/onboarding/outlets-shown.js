/** What the backend offers to begin with, as lists: packs in the order of the reader's languages, and countries. */
import { byId, element, figure, words } from "../shared/extension-page.js";
import { byName, inOrder } from "./pack-order.js";

/** @typedef {import("../shared/contract.js").Outlet} Outlet */
/** @typedef {import("../shared/contract.js").Outlets} Outlets */
/** @typedef {(wish: import("./choices.js").Wish, told: import("./outlet-row.js").Told) => HTMLLIElement} Row */

/** @param {Outlets} offered @param {Row} row */
export function showOffered({ rule, packs, outlets }, row) {
  const language = words("language_tag");
  const byOutlet = new Map(outlets.map((outlet) => [outlet.name, outlet]));
  byId("rule").setAttribute("href", rule);
  byId("packs").replaceChildren(
    ...inOrder(packs, navigator.languages).map(({ pack, isMeant }, place) => {
      const held = pack.outlets.flatMap((each) => byOutlet.get(each) ?? []);
      const name = element("span", { lang: pack.language, dir: "auto" }, pack.name);
      const summary = element("summary", {}, name, " ", element("span", { class: "quiet" }, figure(held.length)));
      const list = element("ul", { class: "outlets" }, ...rowsOf(held, language, row));
      return element("details", { "data-pack": pack.id, open: isMeant && place === 0 }, summary, list);
    }),
  );
  showCountries(outlets, language, row);
}

/** @param {Outlet[]} outlets @param {string} language @param {Row} row */
function showCountries(outlets, language, row) {
  const field = /** @type {HTMLSelectElement} */ (byId("country"));
  const named = [...new Set(outlets.map(({ country }) => country))].map((code) => ({
    code,
    name: regionName(code, language),
  }));
  named.sort((one, other) => one.name.localeCompare(other.name, language));
  field.replaceChildren(
    element("option", { value: "" }, words("follow_country_none")),
    ...named.map(({ name, code }) => element("option", { value: code }, name)),
  );
  field.addEventListener("change", () => {
    const chosen = outlets.filter(({ country }) => country === field.value);
    byId("country-list").replaceChildren(...rowsOf(chosen, language, row));
  });
}

/** @param {Outlet[]} outlets @param {string} language @param {Row} row */
function rowsOf(outlets, language, row) {
  return byName(outlets, language).map((outlet) => {
    const spoken = new Intl.DisplayNames(language, { type: "language" }).of(outlet.language.split("-")[0]);
    const host = new URL(outlet.site).host.replace(/^www\./, "");
    const about = [host, regionName(outlet.country, language), spoken ?? outlet.language].join(" · ");
    return row(wishFor(outlet), { about, language: outlet.language });
  });
}

/** @param {Outlet} outlet @returns {import("./choices.js").Wish} */
export function wishFor({ name, url, kind, site }) {
  return { name, url, kind, site };
}

/** @param {string} code @param {string} language */
function regionName(code, language) {
  return new Intl.DisplayNames(language, { type: "region" }).of(code) ?? code;
}
