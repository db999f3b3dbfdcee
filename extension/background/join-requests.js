/**
 * Invitations: a code that makes this extension one of a reader's devices, once, and the link that has the code in it.
 */
import { backendAddress } from "./backend-address.js";
import { Failed } from "./failure.js";
import { callBackend } from "./http.js";
import { ownName } from "./pairing.js";

/** Three groups of four letters, however they are typed; a token is longer and has no spaces. */
const CODE = /^[a-z]{4}[\s-]*[a-z]{4}[\s-]*[a-z]{4}$/i;
/** A backend's page to which the link leads. */
const PAGE = /\/join\/?$/;

/**
 * The invitation in what was typed: a link, as an address or in the place of a token, or an address and a code. Null
 * where there is none. Pure.
 *
 * @param {string} typed an address
 * @param {string} secret a token, or a code
 * @returns {{backend: string, code: string} | null}
 */
export function invitationIn(typed, secret) {
  for (const text of [secret, typed]) {
    const link = linkIn(text);
    if (link) return link;
  }
  const code = secret.trim();
  return CODE.test(code) ? { backend: backendAddress(typed), code } : null;
}

/** @param {string} text */
function linkIn(text) {
  const typed = text.trim();
  const whole = /^[a-z]+:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  const code = url.searchParams.get("code") ?? "";
  if (!PAGE.test(url.pathname) || !CODE.test(code)) return null;
  url.pathname = url.pathname.replace(PAGE, "");
  return { backend: backendAddress(url.origin + url.pathname), code };
}

/**
 * Uses a code up. @param {{backend: string, code: string}} invitation @returns {Promise<string>} the token
 */
export async function join({ backend, code }) {
  const { body } = await callBackend(backend, "/api/v1/join", { method: "POST", body: { code, name: ownName() } });
  const token = body?.token;
  if (typeof token !== "string" || !token || token.length > 512) throw new Failed("backend-strange");
  return token;
}
