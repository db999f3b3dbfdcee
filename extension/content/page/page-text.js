/** A page's text: its nodes in order, and how many words a text has. Only reads. */
var RowbackPageText = (() => {
  /** Characters of scripts that write without spaces: two count as a word. */
  const DENSE = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/g;

  /** As they begin, and elements as they end, too; without recursion: a page may be deep. @param {Node} root
   * @param {(element: Element) => boolean} isLeftOut @param {number} [most] @returns {Generator<Node, void, void>} */
  function* nodesOf(root, isLeftOut, most = Infinity) {
    let node = root;
    for (let left = most; left > 0; left -= 1) {
      const isOut = node.nodeType === Node.ELEMENT_NODE && isLeftOut(/** @type {Element} */ (node));
      if (!isOut) yield node;
      let next = isOut ? null : node.firstChild;
      while (!next) {
        if (node.nodeType === Node.ELEMENT_NODE) yield node;
        if (node === root || !node.parentNode) return;
        next = node.nextSibling;
        node = next ?? node.parentNode;
      }
      node = next;
    }
  }

  /** @param {string} text */
  function wordsIn(text) {
    return Math.max(text.trim().split(/\s+/).length, (text.match(DENSE)?.length ?? 0) / 2);
  }

  return { nodesOf, wordsIn };
})();
