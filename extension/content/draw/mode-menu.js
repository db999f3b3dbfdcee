/**
 * The button beside the summary with which the reader chooses how much is shown, and its menu.
 */
var RowbackModeMenu = (() => {
  const { element, icon, listen, button } = RowbackNodes;
  const { words } = RowbackMessages;
  const STEPS = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 });

  /** @typedef {import("../../shared/contract.js").Mode} Mode */

  /**
   * @param {Mode} now
   * @param {(mode: Mode) => void} choose
   * @param {AbortSignal} signal
   * @returns {HTMLElement}
   */
  function build(now, choose, signal) {
    const dismiss = () => {
      show(false);
      opener.focus();
    };
    const items = RowbackMode.ALL.map((mode) =>
      itemFor(mode, mode === now, () => {
        dismiss();
        if (mode !== now) choose(mode);
      }),
    );
    const menu = element(
      "div",
      { class: "menu", role: "menu", "aria-label": words("mode_label"), hidden: true },
      ...items,
    );
    const opener = button(
      {
        class: "mode",
        "data-role": "mode",
        "aria-label": words("mode_label"),
        title: words("mode_label"),
        "aria-haspopup": "menu",
        "aria-expanded": "false",
      },
      () => show(menu.hidden === true),
      icon("eye"),
    );
    /** @param {boolean} isOpen */
    const show = (isOpen) => {
      menu.hidden = !isOpen;
      opener.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) items[RowbackMode.ALL.indexOf(now)].focus();
    };
    const whole = element("span", { class: "mode-menu" }, opener, menu);
    listenForKeys(whole, items, () => menu.hidden === false, dismiss, signal);
    listen(
      whole,
      "focusout",
      (/** @type {FocusEvent} */ { relatedTarget }) => {
        if (!(relatedTarget instanceof Node && whole.contains(relatedTarget))) show(false);
      },
      { signal },
    );
    return whole;
  }

  /** @param {Mode} mode @param {boolean} isNow @param {() => void} act */
  function itemFor(mode, isNow, act) {
    const attributes = { role: "menuitemradio", "aria-checked": String(isNow), tabindex: "-1", "data-mode": mode };
    return button(
      attributes,
      act,
      element("span", {}, words(`mode_${mode}`)),
      element("small", {}, words(`mode_${mode}_note`)),
    );
  }

  /**
   * @param {HTMLElement} whole
   * @param {HTMLElement[]} items
   * @param {() => boolean} isOpen
   * @param {() => void} close
   * @param {AbortSignal} signal
   */
  function listenForKeys(whole, items, isOpen, close, signal) {
    listen(
      whole,
      "keydown",
      (/** @type {KeyboardEvent} */ event) => {
        if (!isOpen()) return;
        if (event.key === "Escape") close();
        else if (event.key in STEPS) {
          const at = items.findIndex((item) => item.matches(":focus"));
          items[(at + STEPS[event.key] + items.length) % items.length].focus();
        } else return;
        event.preventDefault();
        event.stopPropagation();
      },
      { signal },
    );
  }

  return { build };
})();
