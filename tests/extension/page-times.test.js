/** The script of the backend's pages that writes times in the reader's zone. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { runInNewContext } from "node:vm";

const SCRIPT = readFileSync(new URL("../../server/rowback/web/static/page-times.js", import.meta.url), "utf8");
const AT = "2026-11-24T23:05:00Z";

/**
 * What the script makes of a page's times, for a reader in Tokyo.
 *
 * @param {string} lang of the page
 * @param {string[]} languages of the browser
 * @param {{ dateTime: string, textContent: string, title?: string }[]} times
 */
function run(lang, languages, times) {
  const zoned = function DateTimeFormat(/** @type {string} */ tag, /** @type {Intl.DateTimeFormatOptions} */ options) {
    return new Intl.DateTimeFormat(tag, { ...options, timeZone: "Asia/Tokyo" });
  };
  runInNewContext(SCRIPT, {
    Date,
    Number,
    Intl: { DateTimeFormat: zoned },
    navigator: { languages },
    document: { documentElement: { lang }, querySelectorAll: () => times },
  });
  return times;
}

for (const [lang, languages, shown] of /** @type {[string, string[], RegExp][]} */ ([
  ["en", ["de"], /^25 November 2026 at 08:05$/],
  ["en", ["fr", "en-US"], /^November 25, 2026 at 8:05\sAM$/],
  ["de", ["de-AT"], /^25\. November 2026 um 08:05$/],
  ["ja", [], /^2026年11月25日 8:05$/],
  ["ar", ["ar-EG"], /25.*2026.*8:05/],
])) {
  test(`a time is written in the reader's zone: ${lang} for ${languages.join() || "nobody's wish"}`, () => {
    const [time] = run(lang, languages, [{ dateTime: AT, textContent: "24 November 2026, 23:05 UTC" }]);
    assert.match(time.textContent, shown);
    assert.equal(time.title, "24 November 2026, 23:05 UTC");
  });
}

test("what is no instant stays as it is", () => {
  const [time] = run("en", ["en-GB"], [{ dateTime: "some day", textContent: "some day" }]);
  assert.deepEqual(time, { dateTime: "some day", textContent: "some day" });
});
