/**
 * Opens pages of the backend, signed in: by a link that the backend makes for this once. A reader never meets a login.
 */
import { api } from "../shared/extension-api.js";
import { ask } from "./backend.js";
import { ownPage, pathIn } from "./backend-address.js";
import { Failed } from "./failure.js";
import { readSettings } from "./settings.js";

/** @param {string} address of a page, in full or from the backend's front page */
export async function openBackendPage(address) {
  const { backend } = await readSettings();
  const page = ownPage(address, backend);
  if (page === null) throw new Failed("no-page");
  await api.tabs.create({ url: await signedIn(page, backend) });
}

/**
 * A backend that knows no such links, or does not answer, shows the page itself, or says what is wrong.
 *
 * @param {URL} page
 * @param {string} backend
 */
async function signedIn(page, backend) {
  try {
    const { body } = await ask("/api/v1/sign-in", { method: "POST", body: { next: pathIn(page, backend) } });
    return (ownPage(body?.link, backend) ?? page).href;
  } catch {
    return page.href;
  }
}
