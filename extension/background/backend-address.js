/**
 * The address of a backend: an origin, and the path where it lies below one of a host that it shares; no slash at the
 * end. Pure.
 */
import { Failed } from "./failure.js";

/** The address as typed. @param {unknown} typed */
export function backendAddress(typed) {
  try {
    const text = String(typed).trim();
    const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
    if (/^https?:$/.test(url.protocol) && url.hostname && !url.username) {
      return url.origin + url.pathname.replace(/\/+$/, "");
    }
  } catch {
    // Falls through: not an address.
  }
  throw new Failed("bad-backend");
}

/**
 * A page of a backend; null for what is none.
 *
 * @param {unknown} link in full, or by its path from the backend's front page
 * @param {string} backend
 */
export function ownPage(link, backend) {
  const text = String(link);
  const whole = text.startsWith("/") && !text.startsWith("//") ? backend + text : text;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  return isBelow(url, backend) ? url : null;
}

/** The path of a page from the backend's front page, with its query. @param {URL} page @param {string} backend */
export function pathIn(page, backend) {
  return page.pathname.slice(new URL(backend).pathname.replace(/\/+$/, "").length) + page.search;
}

/** @param {URL} url @param {string} backend */
function isBelow(url, backend) {
  const own = new URL(`${backend}/`);
  return url.origin === own.origin && url.pathname.startsWith(own.pathname) && !url.username;
}
