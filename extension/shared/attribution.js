/**
 * Who showed a text first, where that was an archive's copy or another backend: told with a link to it. A classic file,
 * as `messages.js` is: content scripts cannot import.
 */
var RowbackAttribution = (() => {
  const { element } = RowbackNodes;
  const { words, exactly } = RowbackMessages;
  const { sentence, exact } = RowbackTimeNodes;

  /** @typedef {import("./contract.js").Memento} Memento */
  /** @typedef {import("./contract.js").VersionNote} VersionNote */
  /** @typedef {{seen_at: string, origin?: string | null, memento?: Memento | null}} Seen a version, as far as needed */

  /** The one archive whose name stands in a sentence with an article, by its title. */
  const WAYBACK = "Wayback Machine";
  /** Where a backend shows a version of its own. */
  const BACKENDS_OWN = /\/memento\/\d{14,20}\//;

  /** "As archived by … on …"; null where no copy showed it first. @param {Seen | undefined} seen */
  function line(seen) {
    if (!seen?.memento) return null;
    const name = isPeers(seen) ? "stored_on" : "archived_on";
    return element("p", { class: "credit" }, ...sentence(name, link(seen.memento), exact(seen.seen_at)));
  }

  /** The same without the time, where that stands beside it. @param {Seen} seen @returns {(Node | string)[]} */
  function brief(seen) {
    return seen.memento ? sentence(isPeers(seen) ? "stored_by" : "archived_by", link(seen.memento)) : [];
  }

  /**
   * What is copied of a wording, as text.
   *
   * @param {string} text
   * @param {import("./contract.js").Article} article
   * @param {Seen} seen
   */
  function quote(text, { title, url }, seen) {
    const at = exactly(seen.seen_at);
    if (!seen.memento) return words("quote_text", text, title, at, url);
    const { archive, href } = seen.memento;
    return words(isPeers(seen) ? "quote_stored" : "quote_archived", text, title, called(archive), at, url, href);
  }

  /** Of which version a wording is told. @param {VersionNote[]} versions @param {number} number */
  function noteOf(versions, number) {
    return versions.find(({ version }) => version === number);
  }

  /** Whether another backend showed it by itself: what an archive gave it, it names with the archive's address.
   * @param {Seen} seen */
  function isPeers({ origin, memento }) {
    return origin === "rowback" && BACKENDS_OWN.test(memento?.href ?? "");
  }

  /** @param {string} archive */
  function called(archive) {
    return archive === WAYBACK ? words("archive_wayback") : archive;
  }

  /** To the copy, in a tab of its own, which learns nothing of this page. @param {Memento} memento */
  function link({ archive, href }) {
    return element("a", { href, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, called(archive));
  }

  return { line, brief, quote, noteOf };
})();
globalThis.RowbackAttribution = RowbackAttribution;
