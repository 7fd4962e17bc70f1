// Compares a report with the one its data gives.
import { compareFacts, statedFacts, type Facts } from './facts.ts';
import type { ReportDocument } from './document-model.ts';
import { editionOf } from './edition.ts';
import { renderReportHtml } from './html/page.ts';
import { foreignElements } from './foreign-elements.ts';

export type PageComparison = {
  /** Elements that no report of ours has. */
  readonly foreign: readonly string[];
  /** Facts of the data that the page leaves out. */
  readonly missing: readonly string[];
  /** Statements of the page that do not follow from the data. */
  readonly wrong: readonly string[];
  /** Facts compared. */
  readonly facts: number;
  /** The page is, byte for byte, what this version makes of the data; another version words things otherwise. */
  readonly isSame: boolean;
  /** What this version makes of the data. */
  readonly drawn: string;
};

/**
 * @param document of the edition of the page
 * @param allFacts everything a page of the first edition states, which listed all there was.
 */
export function comparePage(page: string, document: ReportDocument, allFacts: () => Facts): PageComparison {
  const facts = editionOf(page) === 1 ? allFacts() : statedFacts(document);
  const drawn = renderReportHtml(document);
  return {
    foreign: foreignElements(page),
    ...compareFacts(page, facts),
    facts: facts.size,
    isSame: page === drawn,
    drawn,
  };
}
