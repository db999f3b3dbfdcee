/**
 * The extension API under one name for the worker and our own pages. Content scripts, which cannot import, have theirs
 * in `content/page/wire.js`.
 */

/** @type {typeof chrome} */
export const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
