/**
 * From what a reader types to match patterns for it. Pure.
 */

/**
 * @param {string} typed a host name or an address
 * @returns {string | null} the site's host name without `www.`; null when it is none
 */
export function siteNamed(typed) {
  const text = typed.trim();
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    const host = url.hostname.replace(/\.$/, "");
    const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) && !/^[\d.]+$/.test(host);
    return /^https?:$/.test(url.protocol) && isName ? host.replace(/^www\.(?=.*\.)/, "") : null;
  } catch {
    return null;
  }
}

/** A site is also its subdomains: `www.`, `m.`, sections. @param {string} site */
export function patternsFor(site) {
  return [`http://*.${site}/*`, `https://*.${site}/*`];
}
