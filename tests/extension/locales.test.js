/** Every language says everything that English says, in all the forms that it needs. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../extension/_locales/", import.meta.url);
const LANGUAGES = readdirSync(FOLDER);
const read = (language) => JSON.parse(readFileSync(new URL(`${language}/messages.json`, FOLDER), "utf8"));
const english = read("en");
const counted = Object.keys(english)
  .filter((name) => name.endsWith("_one") && name.replace(/_one$/, "_other") in english)
  .map((name) => name.slice(0, -4));
const plain = Object.keys(english).filter(
  (name) => !counted.some((stem) => name === `${stem}_one` || name === `${stem}_other`),
);
const placeholders = (text) => [...new Set(text.match(/\$\d/g) ?? [])].sort();
/** Forms that can say their number in a word, or leave it out. */
const SAID_IN_WORDS = new Set(["zero", "one", "two"]);

test("the languages that are promised are there", () => {
  for (const language of ["ar", "de", "en", "es", "fr", "ja", "pt"]) assert.ok(LANGUAGES.includes(language), language);
});

test("translators are told what each placeholder of an English message stands for", () => {
  for (const [name, { message, description = "" }] of Object.entries(english)) {
    assert.deepEqual(placeholders(description), placeholders(message), name);
  }
});

for (const language of LANGUAGES) {
  const messages = read(language);
  const forms = new Intl.PluralRules(messages.language_tag.message).resolvedOptions().pluralCategories;
  const expected = [...plain, ...counted.flatMap((stem) => forms.map((form) => `${stem}_${form}`))];

  test(`${language} has every message in every form of its plural, and no other`, () => {
    assert.deepEqual(Object.keys(messages).sort(), [...expected].sort());
    for (const [name, { message }] of Object.entries(messages)) assert.ok(message.trim(), name);
  });

  test(`${language} has the same placeholders and commands as English`, () => {
    for (const name of plain) {
      const [ours, theirs] = [messages[name].message, english[name].message];
      assert.deepEqual(placeholders(ours), placeholders(theirs), name);
      // Between these quotes commands are found and shown as code.
      assert.deepEqual(ours.match(/“rowback [^”]+”/g), theirs.match(/“rowback [^”]+”/g), name);
    }
  });

  test(`${language} says the number in each counted message, unless the form itself says it`, () => {
    for (const stem of counted) {
      const wanted = placeholders(english[`${stem}_other`].message);
      for (const form of forms) {
        const ours = placeholders(messages[`${stem}_${form}`].message);
        const missing = wanted.filter((one) => !ours.includes(one));
        assert.deepEqual(missing, SAID_IN_WORDS.has(form) && missing.includes("$1") ? ["$1"] : [], `${stem}_${form}`);
        assert.deepEqual(
          ours.filter((one) => !wanted.includes(one)),
          [],
          `${stem}_${form}`,
        );
      }
    }
  });
}

test("every language is another", () => {
  const same = LANGUAGES.filter((language) => language !== "en").flatMap((language) => {
    const messages = read(language);
    const copied = plain.filter(
      (name) => english[name].message === messages[name].message && english[name].message.split(" ").length > 2,
    );
    return copied.map((name) => `${language}: ${name}`);
  });
  assert.deepEqual(same, []);
});
