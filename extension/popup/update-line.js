/** One line after the browser updated the extension, until the reader looks at what is new or dismisses it. */
import { element, send, words } from "../shared/extension-page.js";

/**
 * @param {HTMLElement} place
 * @param {(action: () => Promise<unknown>) => Promise<void>} act says what fails
 */
export async function showUpdate(place, act) {
  /** @type {import("../shared/contract.js").Updated | null} */
  const updated = await send({ name: "updated" });
  place.hidden = updated === null;
  if (!updated) return;
  const put = (/** @type {string} */ word, /** @type {string} */ message) => {
    const button = element("button", { type: "button", class: "link" }, words(word));
    button.addEventListener("click", () =>
      act(async () => {
        await send({ name: message });
        place.hidden = true;
      }),
    );
    return button;
  };
  place.replaceChildren(
    element("span", {}, words("updated_line", updated.version)),
    ...(updated.has_news ? [put("updated_news", "open-news")] : []),
    put("updated_dismiss", "dismiss-update"),
  );
}
