// @ts-check
/** Shows the buttons that copy what stands beside them, where the browser lets a page write to its clipboard. */
(() => {
  if (!navigator.clipboard) return; // without HTTPS a page at another address than loopback has none
  const said = document.querySelector("[role=status].said");
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (
    document.querySelectorAll("button[data-copies]")
  )) {
    const text = document.getElementById(button.dataset.copies ?? "");
    if (!text) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent ?? "");
      if (said) said.textContent = button.dataset.copied ?? "";
    });
  }
})();
