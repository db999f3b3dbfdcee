// @ts-check
/** Writes the times of a page in the reader's zone and language. Where it does not run they are UTC, and say so. */
(() => {
  const spoken = document.documentElement.lang || "en";
  /** The reader's own kind of the page's language: how its times are written differs by region. */
  const own = navigator.languages.find((tag) => tag.split("-")[0].toLowerCase() === spoken);
  const format = new Intl.DateTimeFormat(own ?? (spoken === "en" ? "en-GB" : spoken), {
    dateStyle: "long",
    timeStyle: "short",
    numberingSystem: "latn",
  });
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll("time[data-instant]"))) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    time.title = time.textContent ?? "";
    time.textContent = format.format(at);
  }
})();
