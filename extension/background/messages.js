/** The shared words as a module. */
import "../shared/messages.js";

export const { words, count, ago, exactly } = globalThis.RowbackMessages;
