/** The second stage is there. Says so to the first, which knows nothing else of it. */
var RowbackSecond = (() => {
  /** @type {import("../shared/contract.js").SecondStage} */
  const parts = {
    lookUp: RowbackLookUp.start,
    markLinks: RowbackLinkMarks.start,
    hear: (message) => RowbackViewRequests.hear(message, null),
  };
  RowbackRest.arrived(parts);
  return parts;
})();
