/**
 * Opens pages of the backend, signed in: by a link that the backend makes for this once. A reader never meets a login.
 */
import { api } from "../shared/extension-api.js";
import { ask } from "./backend.js";
import { Failed } from "./failure.js";
import { readSettings } from "./settings.js";

/** @param {string} address of a page, in full or from the root */
export async function openBackendPage(address) {
  const { backend } = await readSettings();
  if (!URL.canParse(address, backend) || new URL(address, backend).origin !== backend) throw new Failed("no-page");
  await api.tabs.create({ url: await signedIn(new URL(address, backend)) });
}

/**
 * A backend that knows no such links, or does not answer, shows the page itself, or says what is wrong. @param {URL}
 * page
 */
async function signedIn({ href, origin, pathname, search }) {
  try {
    const { body } = await ask("/api/v1/sign-in", { method: "POST", body: { next: pathname + search } });
    const link = new URL(String(body?.link));
    return link.origin === origin ? link.href : href;
  } catch {
    return href;
  }
}
