/**
 * Which pages may be asked about. Pure: strings in, a reason or null out. Knows nothing of grants, tabs or storage.
 *
 * The address of a page on a private network says where a reader works and on what, so it never leaves the browser.
 */
import { isLesser, routeOf } from "./canonical.js";

/**
 * Names that are only ever given out inside a network (RFC 6762, RFC 8375, ICANN's reserved `.internal`, and habit).
 */
const PRIVATE_SUFFIXES = [
  "local",
  "internal",
  "intranet",
  "lan",
  "home",
  "corp",
  "private",
  "localdomain",
  "domain",
  "workgroup",
  "home.arpa",
];

/** First address, prefix length. RFC 6890 (special purposes), RFC 6598 (carriers), multicast and above. */
const PRIVATE_IPV4 = /** @type {[string, number][]} */ ([
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
]);

/**
 * Why a page must not be asked about, or null when it may.
 *
 * @param {string} address
 * @param {{backend: string, offSites: string[]}} settings
 * @returns {"not-a-web-page" | "backend-page" | "loopback-host" | "private-host" | "site-off" | null}
 */
export function reasonNotToAsk(address, { backend, offSites }) {
  const url = parse(address);
  const own = parse(backend);
  if (!url || !own || !/^https?:$/.test(url.protocol)) return "not-a-web-page";
  const host = plainHost(url);
  const onLoopback = isLoopback(host);
  if (url.origin === own.origin || (onLoopback && isLoopback(plainHost(own)) && port(url) === port(own))) {
    return "backend-page";
  }
  // A page on this machine may be told to a backend on this machine: nothing leaves it.
  if (onLoopback && !isLoopback(plainHost(own))) return "loopback-host";
  if (!onLoopback && isPrivate(host)) return "private-host";
  return offSites.includes(siteOf(address) ?? "") ? "site-off" : null;
}

/**
 * The page's address as it is sent: without credentials, and without a fragment that names a place on the page. One
 * that names the page stays.
 *
 * @param {string} address
 */
export function askedAs(address) {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  url.hash = routeOf(url);
  return url.href;
}

/**
 * The site that the switch in the popup is about: a host name, or null for what is no web page.
 *
 * @param {string} address
 */
export function siteOf(address) {
  const url = parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  return plainHost(url).replace(/^(www|m|mobile|amp)\.(?=.*\.)/, "") || null;
}

/**
 * The page's own canonical address, when it may stand in for the page: on the same site, not the page itself, and not
 * less than its own address tells.
 * A page may say anything of itself; on another site it would ask about what the reader is not reading.
 *
 * @param {string} address
 * @param {unknown} canonical
 * @returns {string | null}
 */
export function canonicalOf(address, canonical) {
  if (typeof canonical !== "string" || canonical.length > 4096) return null;
  const url = parse(canonical);
  const page = parse(address);
  if (!url || !page || siteOf(canonical) === null || siteOf(canonical) !== siteOf(address)) return null;
  if (isLesser(page, url)) return null;
  return askedAs(canonical) === askedAs(address) ? null : askedAs(canonical);
}

/** @param {string} host lower case, no brackets, no final dot */
export function isLoopback(host) {
  return host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** @param {string} host */
function isPrivate(host) {
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped) return isPrivateIPv4(parseInt(mapped[1], 16) * 0x10000 + parseInt(mapped[2], 16));
  if (host.includes(":")) return isPrivateIPv6(host);
  const number = ipv4Number(host);
  if (number !== null) return isPrivateIPv4(number);
  if (!host.includes(".")) return true;
  return PRIVATE_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`));
}

/** Global unicast is 2000::/3; everything else (unspecified, unique local, link local, multicast…) stays at home.
 * @param {string} host */
function isPrivateIPv6(host) {
  const first = host.startsWith(":") ? 0 : parseInt(host, 16);
  return first < 0x2000 || first > 0x3fff;
}

/** @param {number} number */
function isPrivateIPv4(number) {
  return PRIVATE_IPV4.some(([start, length]) => {
    const size = 2 ** (32 - length);
    return Math.floor(number / size) === Math.floor(/** @type {number} */ (ipv4Number(start)) / size);
  });
}

/** @param {string} host URL parsers have already turned 0x7f.1 and the like into four decimal numbers. */
function ipv4Number(host) {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  return parts ? parts.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0) : null;
}

/** @param {URL} url */
function plainHost(url) {
  return url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
}

/** @param {URL} url */
function port(url) {
  return url.port || (url.protocol === "https:" ? "443" : "80");
}

/** @param {string} text */
function parse(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
