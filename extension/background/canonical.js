/**
 * Which address a page stands at: whether the canonical one that it names may stand in for it, and what of its own is
 * sent. Pure. The backend judges by the same rules (`text/canonicals.py`, `text/paths.py`); the cases are `canonicals`
 * in `tests/cases/urls.json`. It alone knows which parameters are tracking: it was asked about the own address before.
 */

const EXTENSION = /\.[a-z]{2,5}$/i;
const SCRIPT = /\.(?:php\d?|aspx?|jspx?|cgi|cfml?|pl|do|exe|dll|nsf)$/i;
const DATE = /^(?:(?:19|20)\d\d(?:[-_]?\d\d){0,2}|\d{1,2})$/;
const YEAR = /^(?:19|20)\d\d/;
const CODE = /^(?=[^\d]*\d)(?=[^a-z]*[a-z])[a-z\d]{8,}$/i;
const TELLING = [
  /\d{5}/,
  /[\p{L}\p{M}\p{N}]+(?:[-_+. ]+[\p{L}\p{M}\p{N}]+){2}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{6}/u,
];
const NOUNS = new Set("article articles story stories artikel articulo artigo noticia nachricht post posts".split(" "));
const UNFILLED = /(?:^|\/)(?:undefined|null|nan|none|\[object object\])(?:\/|$)|[{}<>]|\$\(/i;
const DEFAULT_PAGE = /\/(?:index|default)\.(?:s?html?|php|aspx?)$/i;
const CHOOSING = new Set(
  (
    "id p nid aid pid page paged pg seite pagina story storyid story_id article articleid article_id newsid news_id " +
    "postid post_id docid itemid"
  ).split(" "),
);

/** Words that name sections and front pages. */
const SECTIONS = new Set(
  (
    "news latest headlines home start index main live world local local-news national international politics " +
    "business economy finance money opinion comment analysis sport sports culture arts entertainment lifestyle " +
    "life health science technology tech travel weather video videos real-estate obituaries features articles " +
    "stories posts blog archive startseite nachrichten aktuell lokales regional politik wirtschaft kultur " +
    "panorama wissen meinung accueil actualite actualites actu politique economie monde portada inicio " +
    "noticias politica economia deportes mundo cronaca notizie esportes nieuws nyheter nyheder wiadomosci"
  ).split(" "),
);

/**
 * Whether a path has the shape of one page's, not of a section's or a script's.
 *
 * @param {string} path
 */
export function tells(path) {
  const parts = path.split("/").filter(Boolean).map(decoded);
  const stem = (parts.pop() ?? "").replace(EXTENSION, "");
  const above = parts.at(-1)?.toLowerCase() ?? "";
  if (DATE.test(stem)) return NOUNS.has(above);
  if (NOUNS.has(above) || parts.some((part) => YEAR.test(part))) return stem !== "";
  return CODE.test(stem) || TELLING.some((pattern) => pattern.test(stem));
}

/**
 * Whether a canonical address, of the same site, names less than the page's own does: a script without what it was
 * told, a section above the page, the front page, a template that was not filled in.
 *
 * @param {URL} page
 * @param {URL} canonical
 */
export function isLesser(page, canonical) {
  const path = plainPath(page);
  const itsPath = plainPath(canonical);
  if (itsPath === "" && !canonical.search && !routeOf(canonical)) return true;
  if (UNFILLED.test(decoded(itsPath))) return true;
  const isTelling = tells(itsPath) || canonical.search !== "" || routeOf(canonical) !== "";
  const kept = new Set(pairs(canonical).map(String));
  const dropped = pairs(page).filter((pair) => !kept.has(String(pair)));
  const route = routeOf(page);
  if (path === itsPath) {
    if (route && route !== routeOf(canonical)) return true;
    return (dropped.length > 0 && !isTelling) || dropped.some(chooses);
  }
  const isUntold = (dropped.length > 0 || route !== "") && isScript(path) && isScript(itsPath);
  return !isTelling && (path.startsWith(`${itsPath}/`) || isUntold || (isSection(itsPath) && !isSection(path)));
}

/** @param {string} path a program's, which is told by its parameters which page to show, or the site's own */
function isScript(path) {
  return path === "" || SCRIPT.test(path);
}

/** @param {string} path one that ends like a section's or a front page's in some language */
function isSection(path) {
  const last = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return SECTIONS.has(last) || /^[a-z]{2}(?:[-_][a-z]{2})?$/.test(last);
}

/**
 * What of an address's fragment names a page, as on sites that are one program: with its `#`, or nothing.
 *
 * @param {URL} url
 */
export function routeOf({ hash, pathname }) {
  if (/^#!.*[\p{L}\p{N}]/u.test(hash)) return hash;
  return /^#\/[^/?]+\/[^/?]/.test(hash) && !tells(pathname) ? hash : "";
}

/** @param {URL} url */
function plainPath({ pathname }) {
  const path = pathname.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  return path.replace(DEFAULT_PAGE, "").replace(/\/$/, "");
}

/** @param {URL} url */
function pairs({ searchParams }) {
  return [...searchParams];
}

/** @param {[string, string]} pair */
function chooses([name, value]) {
  return CHOOSING.has(name.toLowerCase()) && /^\d+$/.test(value);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
