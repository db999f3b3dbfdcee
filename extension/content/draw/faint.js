/**
 * Whether what is drawn can be made out: how much of it a style lets through. Pure.
 */
var RowbackFaint = (() => {
  /** Below this share of its ink, what is drawn does not catch the eye. */
  const LEAST = 0.25;
  /** A badge's icon is 16 pixels wide: this much blur leaves nothing of it. */
  const MOST_BLUR_PX = 3;

  /**
   * What a box lets through of all that is in it.
   *
   * @param {{opacity: string, filter: string, maskImage: string}} style as computed
   * @returns {number} 0 to 1
   */
  function share({ opacity, filter, maskImage }) {
    // What a mask leaves cannot be told; on the few boxes around us no page has one for looks.
    if (maskImage && maskImage !== "none") return 0;
    const filters = [...(filter ?? "").matchAll(/([a-z-]+)\(([\d.e+-]+)(px|%)?\)/g)];
    return filters.reduce((all, [, name, number, unit]) => {
      const value = unit === "%" ? Number(number) / 100 : Number(number);
      if (name === "blur") return value > MOST_BLUR_PX ? 0 : all;
      return /^(?:opacity|brightness|contrast)$/.test(name) ? all * Math.min(1, value) : all;
    }, Number(opacity));
  }

  /** How much of what lies behind a colour does not come through. @param {string} colour as computed */
  function solidity(colour) {
    if (colour === "transparent") return 0;
    const [, alpha, unit] = /(?:^rgba\(.*,|\/)\s*([\d.e-]+)(%?)\s*\)$/.exec(colour) ?? ["", "1", ""];
    return unit ? Number(alpha) / 100 : Number(alpha);
  }

  /** @param {number} amount */
  function isFaint(amount) {
    return amount < LEAST;
  }

  return { share, solidity, isFaint };
})();
