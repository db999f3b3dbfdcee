/** Listens to what the reader does. A classic file, as `messages.js` is: content scripts cannot import. */
var RowbackListen = (() => {
  /** The page's scripts can send events of their own making, to our interface in it too: those are not heeded.
   * @template {Event} E @param {EventTarget} target @param {string} type @param {(event: E) => void} act
   * @param {AddEventListenerOptions} [options] */
  function listen(target, type, act, options) {
    target.addEventListener(type, (event) => void (event.isTrusted && act(/** @type {E} */ (event))), options);
  }

  return { listen };
})();
globalThis.RowbackListen = RowbackListen;
