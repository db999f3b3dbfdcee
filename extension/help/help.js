/** What each thing that a reader sees means, and what to do when one is missing. It asks for the backend's address. */
import { byId, fillWords, send, withCommands, words } from "../shared/extension-page.js";

fillWords();
const { pill, marks, unknown, silent } = notes();
byId("pill-note").textContent = pill;
byId("marks-note").textContent = marks;
byId("unknown-note").textContent = unknown;
byId("silent-note").textContent = silent;
byId("down-note").replaceChildren(...withCommands(words("help_down_note")));

/** @type {import("../shared/contract.js").SettingsReport} */
const { backend } = await send({ name: "settings" });
/** @type {HTMLAnchorElement} */ (byId("about")).href = `${backend}/about`;

/** What names buttons names them as they are. */
function notes() {
  const changes = words("mode_changes");
  return {
    pill: words("help_pill_note", words("mode_quiet"), words("mode_marks"), changes),
    marks: words("help_marks_note", changes),
    unknown: words("help_unknown_note", words("popup_follow"), words("past_look")),
    silent: words("help_silent_note", words("popup_look_anyway")),
  };
}
