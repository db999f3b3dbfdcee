/**
 * What a page says of itself: when it was published and changed, and the lines in which it says that it was updated or
 * corrected. Put into a page when the popup or the panel asks, and not before. The page may say what it likes: only so
 * much is looked at, and what comes out is dates and short texts.
 */
var RowbackOwnWords = (() => {
  const MAX_DATA = 20; // scripts of linked data
  const MAX_DATA_CHARS = 300_000; // of one; news pages put the article's whole text into it
  const MAX_NODES = 2_000; // of linked data
  const MAX_TEXTS = 30_000; // text nodes; long live pages have half of it
  const MAX_LINE = 160;
  const MAX_NOTE = 1_000;
  const MAX_TOLD = 240;
  const MIN_NOTE = 12;
  const MAX_NOTES = 3;
  const MAX_PARTS = 60;

  const ARTICLE = /(?:Article|BlogPosting|Report|LiveBlogPosting)$/;
  const BLOCK =
    "p, li, div, td, dd, dt, h1, h2, h3, h4, h5, h6, section, header, figcaption, blockquote, main, article";
  const ELSEWHERE =
    "a, nav, footer, form, dialog, button, script, style, noscript, template, h1, h2, h3, [hidden], " +
    "[aria-hidden=true], [role=navigation], [role=contentinfo], [role=dialog], [id*=comment i], [class*=comment i], " +
    "[class*=related i], [class*=teaser i], [class*=recommend i], rowback-overlay";
  const COMMON = new Set("am pm a p m h t z min utc gmt cet cest est edt pst pdt bst ist mez mesz jst".split(" "));
  /** Between the parts of one line: whose it is, when it was published, when updated. */
  const BREAK = /\s*[|•·\n]\s*|\s+[–—-]\s+|\s{3,}/;
  const PART = new RegExp(
    [
      "(?<date>\\d{1,4}([./-])\\d{1,2}\\2\\d{1,4}(?!\\d))",
      "(?<clock>\\d{1,2}[:h.]\\d{2}(?::\\d{2})?(?!\\d))",
      "(?<number>\\d+)",
      "(?<word>[\\p{L}\\p{M}'\\u200c]+)",
    ].join("|"),
    "gu",
  );
  const STRANGE = /[%+=<>$€£¥*#?!"“”„«»]/;
  const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
  /** How editors' notes begin; a word of an update counts where a colon or dash follows it. */
  const NOTES = [
    "corrections?(?: (?:and|&) clarifications?)?|clarifications?|(?:an? )?editor['’]?s?['’]? note",
    "updated?|retraction|note from the editors?|berichtigung|korrektur",
    "(?:anmerkung|hinweis) der redaktion|richtigstellung|aktualisierung|rectificatif|correctif|erratum",
    "note de la rédaction|mise à jour|corrección|fe de err(?:ores|atas)|rectificación",
    "nota (?:del editor|de la redacción|da redação|do editor|della redazione)|actualización|rettifica",
    "errata corrige|errata|aggiornamento|correção|retificação|erramos|atualização|correctie|rectificatie",
    "rättelse|uppdatering|rettelse|oppdatering|opdatering|oikaisu|korjaus|päivitys|sprostowanie|korekta",
    "aktualizacja|oprava|aktualizace|helyreigazítás|erată|düzeltme|güncelleme|διόρθωση|ενημέρωση",
    "исправление|уточнение|поправка|обновление|виправлення|уточнення|оновлення|תיקון|עדכון|تصحيح|تنويه",
    "تحديث|اصلاح|koreksi|ralat|đính chính|訂正|お詫びと訂正|更正|编者注|編者註|정정|바로잡습니다",
  ].join("|");
  const OFFICERS = "(?!corrections? (?:officer|facilit|department))";
  const CHANGED = "amended|corrected|updated|clarified|misstated|incorrectly|wrongly|erroneously|removed|retracted";
  const THIS = "(?:this|an earlier version of this|a previous version of this)";
  const EARLIER = [
    "in einer (?:früheren|ersten|vorherigen) (?:version|fassung)",
    "(?:dans )?une (?:première version|version (?:antérieure|précédente))",
    "(?:en )?una versión (?:anterior|previa)",
    "(?:n|em )?uma versão anterior",
    "(?:in )?una versione precedente",
    "(?:in )?een eerdere versie",
  ].join("|");
  const NOTE = new RegExp(
    [
      `^[^\\p{L}]*${OFFICERS}(?:${NOTES})(?![\\p{L}\\p{M}])[^:：\\n]{0,60}[:：–—】\\]-]`,
      `^[^\\p{L}]*${THIS} (?:article|story|post|piece|headline|report|page)\\b.{0,80}\\b(?:${CHANGED})\\b`,
      `^[^\\p{L}]*(?:${EARLIER})(?![\\p{L}\\p{M}])`,
    ].join("|"),
    "iu",
  );

  /**
   * @param {Document} page
   * @returns {{published: string | null, modified: string | null, notes: string[]}}
   */
  function read(page) {
    return { ...datesIn(page), notes: notesIn(page) };
  }

  /** @param {Document} page */
  function datesIn(page) {
    const data = fromLinkedData(page);
    const published = data.published ?? metaOf(page, "article:published_time", "datePublished");
    const modified = data.modified ?? metaOf(page, "article:modified_time", "dateModified");
    return { published: dateOf(published), modified: dateOf(modified) };
  }

  /** @param {Document} page @returns {{published?: unknown, modified?: unknown}} of the first article there */
  function fromLinkedData(page) {
    const scripts = [...page.querySelectorAll("script[type='application/ld+json' i]")].slice(0, MAX_DATA);
    for (const { textContent: text } of scripts) {
      if (!text || text.length > MAX_DATA_CHARS) continue;
      const found = articleIn(parsed(text));
      if (found) return { published: found.datePublished, modified: found.dateModified };
    }
    return {};
  }

  /** @param {string} text @returns {unknown} */
  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  /** The first article of linked data that says when it was changed. @param {unknown} data */
  function articleIn(data) {
    const queue = [data];
    for (let at = 0; at < queue.length && at < MAX_NODES; at += 1) {
      const node = /** @type {any} */ (queue[at]);
      if (typeof node !== "object" || node === null) continue;
      if (node.dateModified && [node["@type"]].flat().some((type) => ARTICLE.test(String(type)))) return node;
      queue.push(...Object.values(node).slice(0, MAX_NODES));
    }
    return null;
  }

  /** @param {Document} page @param {string} property @param {string} item */
  function metaOf(page, property, item) {
    const found = page.querySelector(
      `meta[property="${property}" i], meta[name="${property}" i], [itemprop="${item}"]`,
    );
    return found && (found.getAttribute("content") ?? found.getAttribute("datetime"));
  }

  /** @param {unknown} said */
  function dateOf(said) {
    return typeof said === "string" && said.length < 60 && !Number.isNaN(Date.parse(said)) ? said : null;
  }

  /** @param {Document} page @returns {string[]} in the order of the page, each once */
  function notesIn(page) {
    const home = page.querySelector("h1")?.closest("article") ?? null;
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    /** @type {Set<string>} */
    const notes = new Set();
    for (let left = MAX_TEXTS; left > 0 && notes.size < MAX_NOTES && walker.nextNode(); left -= 1) {
      const block = mayBegin(walker.currentNode.nodeValue ?? "") && blockOf(walker.currentNode);
      if (!block || seen.has(block)) continue;
      seen.add(block);
      const note = noteIn(block);
      if (note && isOwn(block, home)) notes.add(note);
    }
    return [...notes];
  }

  /** Cheap: most texts are no note. @param {string} text */
  function mayBegin(text) {
    return text.length > 1 && /\p{L}/u.test(text.slice(0, MAX_LINE));
  }

  /** The line that a text is in. @param {Node} text */
  function blockOf(text) {
    return text.parentElement?.closest(BLOCK) ?? null;
  }

  /** @param {Element} block */
  function noteIn(block) {
    const text = (block.textContent ?? "")
      .slice(0, MAX_NOTE + 1)
      .replace(/[^\S\n]+/g, " ")
      .trim();
    if (!text || text.length > MAX_NOTE) return null;
    const line = text.length <= MAX_LINE ? (text.split(BREAK).find(saysWhen) ?? null) : null;
    if (line) return line.trim();
    if (text.length < MIN_NOTE || !NOTE.test(text)) return null;
    return text.length > MAX_TOLD ? `${text.slice(0, MAX_TOLD)}…` : text;
  }

  /** Whether a line says when something was changed, and nothing else. @param {string} line */
  function saysWhen(line) {
    const text = line
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[‘’ʼ`´׳]/g, "'");
    if (text.length > MAX_LINE || STRANGE.test(text)) return false;
    const parts = [...text.matchAll(PART)];
    if (parts.length < 2 || parts.length > MAX_PARTS) return false;
    const words = parts.flatMap(({ groups }) => groups?.word?.replace(/^'+|'+$/g, "") || []);
    const isTimed = parts.some(({ groups }) => !groups?.word);
    return languages().some(({ changed, known }) => isAllKnown(words, changed, known, isTimed));
  }

  /** @param {string[]} words @param {Set<string>} changed @param {Set<string>} known @param {boolean} isTimed */
  function isAllKnown(words, changed, known, isTimed) {
    let hasChanged = false;
    let others = 0;
    for (const word of words.flatMap((one) => cut(one, known))) {
      if (changed.has(word)) hasChanged = true;
      else if (!known.has(word) && !COMMON.has(word)) return false;
      else others += 1;
    }
    return hasChanged && (isTimed || others > 0);
  }

  /** Scripts without spaces are cut at the longest word that is known.
   * @param {string} text @param {Set<string>} known */
  function cut(text, known) {
    if (!UNSPACED.test(text) || known.has(text)) return [text];
    const found = [];
    for (let rest = text; rest; ) {
      let length = rest.length;
      while (length > 1 && !known.has(rest.slice(0, length))) length -= 1;
      found.push(rest.slice(0, length));
      rest = rest.slice(length);
    }
    return found;
  }

  /** @type {{changed: Set<string>, known: Set<string>}[] | null} */
  let read_ = null;

  function languages() {
    read_ ??= Object.values(RowbackSaidWords.WORDS).map((lists) => {
      const [changed, others] = lists.map((lines) => lines.join(" ").split(" "));
      return { changed: new Set(changed), known: new Set([...changed, ...others]) };
    });
    return read_;
  }

  /** Whether a line is the page's own, seen by the reader: no link's, no other article's, no reader's comment.
   * @param {Element} block @param {Element | null} home */
  function isOwn(block, home) {
    if (block.closest(ELSEWHERE) !== null || isOfLinks(block)) return false;
    const other = block.closest("article");
    if (home && other && other !== home && !other.contains(home)) return false;
    return block.checkVisibility?.({ visibilityProperty: true }) ?? block.getClientRects().length > 0;
  }

  /** @param {Element} block */
  function isOfLinks(block) {
    const linked = [...block.querySelectorAll("a")].reduce(
      (sum, { textContent }) => sum + (textContent ?? "").length,
      0,
    );
    return 2 * linked > (block.textContent ?? "").length;
  }

  return { read, noteIn };
})();
