/**
 * The reader's choices about reading: what is kept, what is marked, what is told, and forgetting it.
 */
import { keepAlarm } from "./followed.js";
import { tellPagesToReconsider } from "./grants.js";
import { forgetReads } from "./last-read.js";
import { choose } from "./settings.js";

/** @param {import("../shared/contract.js").SetReading} message */
export async function setReading({ keep, links, notify }) {
  const chosen = Object.entries({ keep, links, notify }).filter(([, on]) => typeof on === "boolean");
  await choose(Object.fromEntries(chosen));
  if (notify !== undefined) await keepAlarm();
  else await tellPagesToReconsider();
}

export async function forgetReading() {
  await forgetReads();
}
