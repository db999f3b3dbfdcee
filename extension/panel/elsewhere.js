/** What other pages of its site call the article, where that is another headline than its own. */
import { element, sentenceWithTime, words } from "../shared/extension-page.js";

/** @param {HTMLElement} place @param {import("../shared/contract.js").CalledElsewhere[]} elsewhere */
export function showElsewhere(place, elsewhere) {
  const lines = elsewhere.map(({ place: of, headline, last_seen_at: seen }) =>
    element(
      "p",
      { dir: "auto" },
      words(of === "front" ? "panel_called_front" : "panel_called_feed", headline),
      " ",
      ...sentenceWithTime("panel_called_last", seen),
    ),
  );
  place.replaceChildren(...lines);
  place.hidden = !lines.length;
}
