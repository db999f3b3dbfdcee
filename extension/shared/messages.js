/**
 * Sentences for people: messages by name, counted messages, times. Used by content scripts, which cannot import, and by
 * modules, which import it for its effect; so it is a classic file that sets one name.
 */
var RowbackMessages = (() => {
  /** @type {typeof chrome} */
  const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
  const UNITS = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([
    ["year", 31_557_600],
    ["month", 2_629_800],
    ["week", 604_800],
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ]);
  /** Looks of ours lie closer together. */
  const DAY_MS = 86_400_000;
  const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ps", "ur", "yi"]);

  /** @type {Record<string, string>} */
  let given = {};

  /** Takes messages that someone else looked up. @param {Record<string, string>} messages with `$1`, `$2`… in them */
  function take(messages) {
    given = messages;
  }

  /**
   * @param {string} name
   * @param {...string} values for `$1`, `$2`…
   */
  function words(name, ...values) {
    if (Object.hasOwn(given, name)) return given[name].replace(/\$([1-9])/g, (_, number) => values[number - 1] ?? "");
    return api.i18n.getMessage(name, values) || name;
  }

  /**
   * The name of the message for a word of the backend's: `label_place_name` for the label `place-name`. A browser takes
   * no hyphen in it.
   *
   * @param {"label" | "error" | "popup_taken" | "times"} family
   * @param {string} word
   */
  function nameFor(family, word) {
    return `${family}_${word.replaceAll("-", "_")}`;
  }

  /**
   * A message in the form that its number needs: `NAME_one`, `NAME_other`, or whichever form the language has.
   *
   * @param {string} name
   * @param {number} number becomes `$1`
   * @param {...string} values for `$2`…
   */
  function count(name, number, ...values) {
    const form = new Intl.PluralRules(language()).select(number);
    const shown = new Intl.NumberFormat(language()).format(number);
    return api.i18n.getMessage(`${name}_${form}`, [shown, ...values]) || words(`${name}_other`, shown, ...values);
  }

  /** How long ago (or ahead), in the largest unit that fits. @param {string} instant @param {number} now ms */
  function ago(instant, now) {
    const seconds = (Date.parse(instant) - now) / 1000;
    const [unit, size] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? ["second", 1];
    const format = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
    // Under a minute is "now": captures are no more exact than that.
    return unit === "second" ? format.format(0, "second") : format.format(Math.round(seconds / size), unit);
  }

  /**
   * Whether "so long ago" would say of a change what nobody knows: it lies between two instants that are further apart
   * than the later one is from now.
   *
   * @param {string} after
   * @param {string} by
   * @param {number} now ms
   */
  function isVague(after, by, now) {
    const [from, to] = [Date.parse(after), Date.parse(by)];
    return to - from > Math.max(DAY_MS, now - to);
  }

  /** Date and time in full. @param {string} instant */
  function exactly(instant) {
    return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant));
  }

  /** From one day to another. @param {string} from @param {string} to */
  function days(from, to) {
    const [first, last] = [new Date(from), new Date(to)];
    const thisYear = new Date().getFullYear();
    const year = [first, last].every((day) => day.getFullYear() === thisYear) ? undefined : "numeric";
    return new Intl.DateTimeFormat(language(), { day: "numeric", month: "long", year }).formatRange(first, last);
  }

  /** The time of day; with the day, where it is another. @param {string} instant */
  function clock(instant) {
    const when = new Date(instant);
    const isToday = when.toDateString() === new Date().toDateString();
    return isToday ? new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(when) : exactly(instant);
  }

  /** @param {string[]} names */
  function listed(names) {
    return new Intl.ListFormat(language(), { type: "conjunction" }).format(names);
  }

  /** @param {number} number */
  function figure(number) {
    return new Intl.NumberFormat(language()).format(number);
  }

  /** The language our messages are in, so that numbers and times agree with the sentence around them; in the reader's
   * own variety of it, where the browser speaks one. */
  function language() {
    const ours = words("language_tag");
    const readers = api.i18n.getUILanguage();
    return readers.split("-")[0] === ours.split("-")[0] ? readers : ours;
  }

  /** The direction our messages run in, whatever the page's and the browser's do. */
  function direction() {
    return RIGHT_TO_LEFT.has(words("language_tag").split("-")[0]) ? "rtl" : "ltr";
  }

  return {
    take,
    words,
    nameFor,
    count,
    ago,
    isVague,
    exactly,
    days,
    clock,
    listed,
    figure,
    language,
    direction,
  };
})();
globalThis.RowbackMessages = RowbackMessages;
