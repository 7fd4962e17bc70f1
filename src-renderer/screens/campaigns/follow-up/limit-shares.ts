// Where an upper limit and a tolerable rate stand on a scale that holds both.

const whole = 100;
/** The larger of the two ends here, so that neither touches the edge. */
const reach = 0.8;

/** Per cent of the width of the scale. Both between 0 and 1, and the tolerable rate above 0. */
export function limitShares(upperLimit: number, tolerable: number): { limit: number; tolerable: number } {
  const perCent = (whole * reach) / Math.max(upperLimit, tolerable);
  return { limit: upperLimit * perCent, tolerable: tolerable * perCent };
}

/** `9.6 %` with one decimal: a limit is never rounded down. */
export function percentUp(share: number, language: string): string {
  const perMille = Math.ceil(share * 1000 - 1e-9);
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
    perMille / 1000,
  );
}
