/**
 * The cache: answers kept for the browser session, with the ETag to ask again by. Bounded in number and size.
 *
 * `storage.session` holds one item per address, and an index of them, oldest first, under `answers`.
 */
import { api } from "../shared/extension-api.js";

/** The browser allows 10 MB for the session; a quarter of it is the most recent hundred ordinary articles. */
const MAX_ANSWERS = 100;
const MAX_TOTAL_CHARS = 2_500_000;
const MAX_ANSWER_CHARS = 500_000;

/** @typedef {{etag: string, value: import("./shapes.js").CheckedAnswer}} Kept */

/**
 * @param {string} url
 * @returns {Promise<Kept | undefined>}
 */
export async function keptAnswer(url) {
  const key = keyOf(url);
  return /** @type {Record<string, any>} */ (await api.storage.session.get(key))[key];
}

/**
 * @param {string} url
 * @param {Kept} kept
 */
export async function keepAnswer(url, kept) {
  const size = JSON.stringify(kept).length;
  if (size > MAX_ANSWER_CHARS) return;
  await changeIndex(async (index) => {
    const others = index.filter((item) => item.key !== keyOf(url));
    const dropped = [];
    let total = others.reduce((sum, item) => sum + item.size, size);
    while (others.length >= MAX_ANSWERS || total > MAX_TOTAL_CHARS) {
      const oldest = /** @type {Item} */ (others.shift());
      total -= oldest.size;
      dropped.push(oldest.key);
    }
    await api.storage.session.remove(dropped);
    await api.storage.session.set({ [keyOf(url)]: kept });
    return [...others, { key: keyOf(url), size }];
  });
}

/** Everything kept, when the backend or the token changed: another backend's answers are not this one's. */
export async function forgetAnswers() {
  await changeIndex(async (index) => {
    await api.storage.session.remove(index.map((item) => item.key));
    return [];
  });
}

/** @typedef {{key: string, size: number}} Item */

/** @param {(index: Item[]) => Promise<Item[]>} change */
async function changeIndex(change) {
  await navigator.locks.request("answers", async () => {
    const { answers } = /** @type {{answers?: Item[]}} */ (await api.storage.session.get("answers"));
    await api.storage.session.set({ answers: await change(answers ?? []) });
  });
}

/** @param {string} url */
function keyOf(url) {
  return `answer:${url}`;
}
