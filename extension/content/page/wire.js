/**
 * The content script's line to the worker; beside `shared/messages.js`, which asks for messages, the only file in a
 * page that names the extension API.
 */
var RowbackWire = (() => {
  /** @type {typeof chrome} */
  const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;

  /** False once the extension was removed, switched off or updated: what we drew is then an orphan. */
  function isAlive() {
    try {
      return Boolean(api.runtime?.id);
    } catch {
      return false;
    }
  }

  /** The value of the worker's reply. Throws `{code, message}` as `Failure`.
   * @param {{name: string} & Record<string, unknown>} message @returns {Promise<any>} */
  async function send(message) {
    const reply = await deliver(message);
    if (!reply?.ok) throw reply?.error ?? { code: "no-worker", message: "" };
    return reply.value;
  }

  /** A worker that is being stopped drops a message; its successor gets the second try. @param {object} message */
  async function deliver(message) {
    try {
      return await api.runtime.sendMessage(message);
    } catch {
      return isAlive() ? api.runtime.sendMessage(message).catch(() => null) : null;
    }
  }

  /** @param {(message: any) => Promise<unknown> | undefined} handle undefined: not for us
   * @param {AbortSignal} signal ends it */
  function listen(handle, signal) {
    /** @type {Parameters<typeof api.runtime.onMessage.addListener>[0]} */
    const listener = (message, sender, reply) => {
      const answer = sender.id === api.runtime.id ? handle(message) : undefined;
      answer?.then(reply, () => reply(null));
      return answer ? true : undefined;
    };
    api.runtime.onMessage.addListener(listener);
    signal.addEventListener("abort", () => isAlive() && api.runtime.onMessage.removeListener(listener));
  }

  return { send, listen, isAlive };
})();
