// Editions of the report: what one states grew over time, and an older one is held to what it was meant to state.

/** 1 listed all there was; 2 lists the first rows; 3 also has the sample, what became of the population, and sign-offs. */
export type ReportEdition = 1 | 2 | 3;

export const currentEdition = 3;

/** Stands in the first tag of a page; the first edition had no mark. */
export const editionMark = (edition: ReportEdition): string => `data-report="${edition}"`;

/** @param page its beginning is enough; values in it cannot look like a mark, because their quotes are escaped. */
export function editionOf(page: string): ReportEdition {
  if (page.includes(editionMark(3))) return 3;
  return page.includes(editionMark(2)) ? 2 : 1;
}
