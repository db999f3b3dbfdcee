/** Which lines of a page say that it was changed: in any language of the calendars, and nothing that only looks so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changedAfter, storedOf } from "../../extension/shared/said-change.js";
import { PAGE, wellAnswer } from "./answers.js";
import { run } from "./content-scope.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const { RowbackOwnWords } = run(["content/page/said-words.js", "content/page/own-words.js"]);
const noteIn = (text) => RowbackOwnWords.noteIn({ textContent: text });

const UPDATES = [
  "Updated 14:05",
  "Updated: 30 November 2026, 2:05 p.m. GMT",
  "Last updated on Nov. 30, 2026 at 14:05",
  "Updated 3 hours ago",
  "Aktualisiert: 30.11.2026, 14:05 Uhr",
  "Zuletzt aktualisiert am 3. Mai 2026 um 9.12 Uhr",
  "Mis à jour le 30 novembre 2026 à 14h05",
  "Actualizado a las 14:05 h",
  "Aggiornato alle 14:05",
  "Atualizado em 30/11/2026 às 14h05",
  "Bijgewerkt: 30 november 2026 14:05",
  "Uppdaterad 30 november 2026 kl. 14.05",
  "Oppdatert 30. november 2026",
  "Opdateret 30. november 2026 kl. 14.05",
  "Päivitetty 30.11.2026 klo 14.05",
  "Aktualizacja: 30 listopada 2026, 14:05",
  "Обновлено 30 ноября 2026 в 14:05",
  "Оновлено 30 листопада 2026 о 14:05",
  "Güncelleme: 30 Kasım 2026 14:05",
  "Ενημερώθηκε: 30 Νοεμβρίου 2026, 14:05",
  "עודכן: 30.11.2026 14:05",
  "آخر تحديث: 30 نوفمبر 2026",
  "更新日時：2026年11月30日 14:05",
  "更新于2026年11月30日 14:05",
  "수정 2026.11.30 14:05",
  "Cập nhật lúc 14:05",
];
const AMONG = [
  ["By Anna Lind | Published 12:00 | Updated 14:05", "Updated 14:05"],
  ["Published 12:00 – Updated 14:05", "Updated 14:05"],
  ["Von Anna Lind · Aktualisiert am 3. Mai", "Aktualisiert am 3. Mai"],
];
const NOTES = [
  "Correction: An earlier version of this article said that the bridge was closed.",
  "Editor’s note: the figure in the third paragraph was wrong.",
  "This article was amended on 3 May 2026. The bridge has nine arches, not four.",
  "Update, 14:05: The council has since said that it will pay.",
  "Korrektur: In einer früheren Fassung stand eine andere Zahl.",
  "In einer früheren Version dieses Artikels hieß es, die Brücke sei gesperrt.",
  "Rectificatif : le pont a neuf arches.",
  "Fe de errores: el puente tiene nueve arcos.",
  "Rettifica: il ponte ha nove arcate, non quattro.",
  "Errata: a ponte tem nove arcos.",
  "Rättelse: Bron har nio valv.",
  "【訂正】橋の長さに誤りがありました。",
  "تصحيح: للجسر تسع قناطر.",
  "Исправление: у моста девять арок.",
];
const NONE = [
  "Published 30 November 2026, 14:05",
  "Veröffentlicht am 30.11.2026",
  "公開日時：2026年11月30日 14:05",
  "30 November 2026, 14:05",
  "3 hours ago",
  "Updated",
  "Updated forecasts show 3 percent growth",
  "Updated 2026 budget leaves a gap of 9 million",
  "Updated daily by our readers",
  "The council updated its plan at 14:05.",
  "Correctional officers met the governor on Monday.",
  "Corrections officers: the union says no",
  "Aktualisierte Zahlen liegen seit 14 Uhr vor",
  "Mis en cause, le maire répond le 3 mai",
  "The bridge was closed on Monday.",
  "",
];

for (const line of UPDATES) test(`an update: ${line}`, () => assert.equal(noteIn(line), line));
for (const [line, said] of AMONG) test(`an update among others: ${line}`, () => assert.equal(noteIn(line), said));
for (const note of NOTES) test(`a note: ${note}`, () => assert.equal(noteIn(note), note));
for (const line of NONE) test(`no update: ${line}`, () => assert.equal(noteIn(line), null));

test("a long note is told in part, and a page's whole text is none", () => {
  assert.equal(noteIn(`Correction: ${"word ".repeat(100)}`).length, 241);
  assert.equal(noteIn(`Correction: ${"word ".repeat(1000)}`), null);
});

test("hostile lines take no time to speak of", () => {
  for (const line of ["updated ".repeat(125), "1:1".repeat(300), "更".repeat(900), `correction${" a".repeat(490)}`]) {
    assert.doesNotThrow(() => noteIn(line));
  }
});

const NOW = Date.parse("2026-11-30T20:00:00Z");
const HOUR = 3_600_000;
const DATES = [
  ["2026-11-30T11:00:00Z", "2026-11-30T14:00:00Z", 3 * HOUR],
  ["2026-11-30T11:00:00+02:00", "2026-11-30T11:00:00Z", 2 * HOUR],
  ["2026-11-30T11:00:00", "2026-11-30T14:00:00", 3 * HOUR],
  ["2026-11-28", "2026-11-29", 24 * HOUR],
  ["2026-11-30T11:00:00Z", "2026-11-30T11:00:30Z", null],
  ["2026-11-30T11:00:00Z", "2026-11-30T11:00:00Z", null],
  ["2026-11-30T11:00:00Z", "2026-11-30T10:00:00Z", null],
  ["2026-11-30T11:00:00", "2026-11-30T14:00:00Z", null],
  ["2026-11-30", "2026-11-30T14:00:00Z", null],
  ["2026-11-30T11:00:00Z", "2036-11-30T14:00:00Z", null],
  [null, "2026-11-30T14:00:00Z", null],
  ["2026-11-30T11:00:00Z", null, null],
];
for (const [published, modified, after] of DATES) {
  test(`published ${published}, changed ${modified}`, () => {
    assert.equal(changedAfter({ published, modified }, NOW), after);
  });
}

test("what is stored is said only where it does not show the change", () => {
  const at = (hour) => `2026-11-30T${hour}:00:00Z`;
  const page = (versions, changed, checked) => ({
    article: { version_count: versions, last_changed_at: at(changed), last_checked_at: at(checked) },
  });
  assert.equal(storedOf({}, at(14)), "said_nothing_stored");
  assert.equal(storedOf(page(1, 15, 16), at(14)), "said_nothing_stored");
  assert.equal(storedOf(page(1, 15, 16), null), "said_nothing_stored");
  assert.equal(storedOf(page(1, 12, 13), at(14)), "said_not_looked_since");
  assert.equal(storedOf(page(1, 12, 16), at(14)), "said_same_text");
  assert.equal(storedOf(page(2, 15, 16), at(14)), null);
  assert.equal(storedOf(page(2, 15, 16), null), null);
  assert.equal(storedOf(page(2, 12, 13), at(14)), "said_not_looked_since");
  assert.equal(storedOf(page(2, 12, 16), at(14)), "said_same_text");
});

test("what comes from the page's process is bounded, and a site that is switched off is not looked at", async () => {
  const world = newBrowser();
  world.answer = wellAnswer;
  world.address = PAGE;
  const ask = () => route({ name: "own-words", tab: 3 }, { id: "rowback", url: `${OWN}popup/index.html` }, OWN);
  globalThis.browser.scripting.executeScript = async (script) => {
    world.injected.push(script);
    const result = { published: "x", modified: 7, notes: ["Updated 14:05", 9, "x".repeat(9_000), "a", "b"] };
    return script.func ? [{ result }] : [];
  };
  assert.deepEqual((await ask()).value, { published: null, modified: null, notes: ["Updated 14:05"] });
  assert.deepEqual(world.requests, []);
  const before = world.injected.length;
  await route({ name: "set-site", site: "news.example", on: false }, { id: "rowback", url: OWN }, OWN);
  assert.equal((await ask()).error.code, "site-off");
  assert.equal(world.injected.length, before);
});
