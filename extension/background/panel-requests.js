/**
 * What the panel asks for: the edits between any two versions of an article, and an article's text at one of them.
 */
import { ask } from "./backend.js";
import { Failed } from "./failure.js";
import { withKnownChange } from "./last-changed.js";
import { rememberHistoryPage } from "./lookup.js";
import { readBefore } from "./last-read.js";
import { readSettings } from "./settings.js";
import { checkAnswer, checkElsewhere, checkRange, checkVersionText } from "./shapes.js";

/**
 * @param {import("../shared/contract.js").AskHistory} message
 * @returns {Promise<import("../shared/contract.js").History>}
 */
export async function history({ url, from, to }) {
  const query = new URLSearchParams({ url: String(url) });
  if (from !== null) query.set("from", String(from));
  if (to !== null) query.set("to", String(to));
  const { body } = await ask(`/api/v1/edits?${query}`);
  const { history: page, ...answer } = checkAnswer(body, (await readSettings()).backend);
  await rememberHistoryPage(answer.article.id, page);
  const until = answer.versions.at(-1)?.last_seen_at ?? "";
  const elsewhere = checkElsewhere(body.aside);
  return {
    ...withKnownChange(answer),
    ...checkRange(body),
    elsewhere,
    last_read: await readBefore(answer.article.id, until),
  };
}

/**
 * @param {import("../shared/contract.js").AskVersion} message
 * @returns {Promise<import("../shared/contract.js").VersionText>}
 */
export async function version({ article, version: number }) {
  if (!Number.isSafeInteger(article) || !Number.isSafeInteger(number)) throw new Failed("bad-url");
  const { body } = await ask(`/api/v1/articles/${article}/versions/${number}`);
  return checkVersionText(body);
}
