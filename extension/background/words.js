/** The shared words as a module. */
import "../shared/words.js";

export const { words, count, ago, exactly } = globalThis.RowbackWords;
