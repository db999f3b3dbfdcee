/**
 * What is read of a page to tell whether it is an article: types alone, which no page has to load.
 */

/** @typedef {{element: Element, weight: number, links: number}} RowbackProse */
/** @typedef {{text: string, linked: number, leadsTo: string, home: Element | null}} RowbackRun */
/**
 * A run that has come to its end.
 * @typedef {{text: string, linked: number, href: string, level: number, article: Element | null}} RowbackPiece
 */
/**
 * @typedef {object} RowbackSignals
 * @property {string} path
 * @property {boolean} search the address asks a question
 * @property {boolean} typed the page says that it is an article (JSON-LD, Open Graph, microdata)
 * @property {boolean} headline a filled h1
 * @property {number} articles `<article>` elements that hold prose
 * @property {number} inArticle weight of the fullest `<article>`
 * @property {number} articleShare its share of what all `<article>`s hold
 * @property {number} paragraphs paragraphs of prose outside menus and asides
 * @property {number} prose their weight
 * @property {number} opening words that stand under a headline of the page's own
 * @property {number} linked share of link text in it; where one `<article>` leads, in that
 */
/**
 * @typedef {object} RowbackBuilt
 * @property {number} teasers different pages of the site whose headlines stand over text
 * @property {number} under words of that text
 * @property {number} own words of all other text in sentences
 * @property {number} lead those of them before the first teaser
 * @property {number} opening words of all that stands under a headline of the page's own
 * @property {number} equals parts of the page that are marked as articles and none of which leads
 * @property {number} prices pieces that tell a price
 * @property {number} pieces how many there are
 */
/**
 * @typedef {object} RowbackCount
 * @property {string} base where its links start
 * @property {Location | URL} address
 * @property {Set<string>} titles what the page calls itself
 * @property {Set<string>} teasers
 * @property {Map<Element, number>} articles and how much each holds
 * @property {{under: number, own: number, lead: number, opening: number, prices: number, pieces: number}} found
 * @property {string} target the page whose headline was read last
 * @property {number} level of that headline; 0 for a line that is one and no heading
 * @property {number} reach how many pieces may stand under a line
 * @property {boolean} isOpening
 */
/**
 * @typedef {object} RowbackFacts
 * @property {string} openGraph the page's og:type in lower case
 * @property {string[]} linked types at the top of its linked data
 * @property {Record<string, number>} items types of its microdata, and how often each is there
 * @property {string[]} classes of its body
 * @property {string} generator what made it
 * @property {boolean} isDated it tells when it was published
 */
/**
 * @typedef {object} RowbackJudged
 * @property {RowbackFacts} facts
 * @property {Set<string>} places
 * @property {RowbackBuilt} build
 * @property {boolean} speaksOfArticle its address does
 */
