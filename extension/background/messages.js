/** The shared words as a module. */
import "../shared/messages.js";

export const { words, nameFor, count, ago, isVague, exactly } = globalThis.RowbackMessages;
