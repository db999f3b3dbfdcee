/* Asked in a world beside the page, after the content script's own files: which paragraph gets an edit's mark when the
   page is newer than the store. A case is `{edit, stored, at, page}`: in the place of the element at the XPath `at` the
   page gets copies of it with the texts of `page`, each with its role. Answers the role of the paragraph that the mark
   stands in: `own`, `twin`, `other`; null where there is none. The page is put back. */
const twins = (asked) => {
  const seenIn =
    (index) =>
    ({ start, end }) => {
      const range = index.range(start, end);
      return range !== null && RowbackLayout.isSeen(range);
    };
  const markedIn = (copies, edit, stored) => {
    const index = RowbackTextIndex.build(document.body);
    const place = RowbackAnchor.place([edit], index, seenIn(index), stored).get(edit.id);
    if (!place) return null;
    const within = index.range(place.start, place.end)?.commonAncestorContainer ?? null;
    return copies.find(({ element }) => element.contains(within))?.role ?? "other";
  };
  return asked.map(({ edit, stored, at, page }) => {
    const type = XPathResult.FIRST_ORDERED_NODE_TYPE;
    const element = document.evaluate(at, document, null, type, null).singleNodeValue;
    const copies = page.map(({ role, text }) => {
      const copy = element.cloneNode(false);
      copy.textContent = text;
      return { role, element: copy };
    });
    element.replaceWith(...copies.map((copy) => copy.element));
    const found = markedIn(copies, edit, stored);
    copies[0].element.before(element);
    for (const copy of copies) copy.element.remove();
    return found;
  });
};
