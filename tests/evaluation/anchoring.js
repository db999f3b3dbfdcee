/* Asked in a world beside the page, after the content script's own files: where each text is found, and whether that is
   where the corpus says it stands. A text is `{exact, prefix, suffix, index, at}`, where `at` are XPaths, none when
   unknown. `stored`: the texts of the whole version, where they are known. */
const anchoring = (together, texts, stored = null) => {
  const normal = (text) => RowbackFold.fold(text);
  const index = RowbackTextIndex.build(document.body ?? document.documentElement);
  const isVisible = ({ start, end }) => {
    const range = index.range(start, end);
    return range !== null && RowbackLayout.isVisible(range);
  };
  const edits = texts.map(({ exact, prefix, suffix, index: number }) => ({
    id: String(number),
    block: { kind: "p", index: number },
    anchor: { exact, prefix, suffix, near: null },
  }));
  const elementsAt = (path) => {
    const found = document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
    return found ? [found] : [];
  };
  const placed = together ? RowbackAnchor.place(edits, index, isVisible, stored) : null;
  return texts.map(({ exact, at }, number) => {
    const id = edits[number].id;
    const place = (placed ?? RowbackAnchor.place([edits[number]], index, isVisible, stored)).get(id);
    if (!place) return { found: false };
    const range = index.range(place.start, place.end);
    if (!range) return { found: false };
    const elements = at.flatMap(elementsAt);
    return {
      found: true,
      near: place.isNear,
      same: normal(exact) === index.text.slice(place.start, place.end) && normal(exact).length > 0,
      text: range.toString(),
      known: elements.length,
      inside: elements.some((element) => element.contains(range.commonAncestorContainer)),
    };
  });
};
