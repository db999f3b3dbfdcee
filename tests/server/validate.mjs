// Checks pages for valid HTML: reads {name: html} as JSON on standard input, prints one line for each fault.
// The rules are those of the HTML standard; rules of taste are off.
import { text } from "node:stream/consumers";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const TASTE = [
  "no-trailing-whitespace",
  "void-style",
  "doctype-style",
  "no-inline-style",
  "attr-quotes",
  "attr-case",
  "element-case",
  "no-implicit-button-type",
  "prefer-native-element",
  "long-title",
  "no-raw-characters",
  "attribute-boolean-style",
  "attribute-empty-style",
  "require-sri",
  "no-implicit-input-type",
  "valid-id",
  "tel-non-breaking",
  "wcag/h37",
  "prefer-tbody",
  "no-redundant-role",
  "aria-label-misuse",
  "no-implicit-close",
];
const rules = Object.fromEntries(TASTE.map((name) => [name, "off"]));
const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:standard"], rules }));
for (const [name, html] of Object.entries(JSON.parse(await text(process.stdin)))) {
  const report = await validator.validateString(html, name);
  for (const { messages } of report.results) {
    for (const fault of messages) {
      console.log(`${name}:${fault.line}:${fault.column}: ${fault.message} (${fault.ruleId})`);
    }
  }
}
