/**
 * Which tab a page of ours is about: the one in front in its window. Where our page is itself a tab in front of it
 * (Firefox for Android, or opened as one): the one last seen before.
 */
import { api } from "./extension-api.js";

/** @returns {Promise<chrome.tabs.Tab | undefined>} */
export async function tabBehind() {
  const own = await api.tabs.getCurrent();
  const tabs = await api.tabs.query({ currentWindow: true });
  const others = tabs.filter(({ id }) => id !== own?.id);
  const rank = (/** @type {chrome.tabs.Tab} */ one) => (one.active ? Infinity : (one.lastAccessed ?? 0));
  return others.length ? others.reduce((best, one) => (rank(one) > rank(best) ? one : best)) : undefined;
}
