/**
 * Bodies made smaller on the way: a page of megabytes fits through proxies that let one pass, and over slow lines.
 */

/** Below this there is little to win: a request's head and its round trip cost as much. */
const PACKED_FROM_CHARS = 10_000;

/**
 * A body packed with gzip; null where that is not worth it.
 *
 * @param {string} text
 * @returns {Promise<ArrayBuffer | null>}
 */
export async function packed(text) {
  if (text.length < PACKED_FROM_CHARS) return null;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
