// Puts a report together: a pure function of the data of a pack.
import type { ReportDocument, Section } from './document-model.ts';
import { currentEdition, type ReportEdition } from './edition.ts';
import { factsOfInput, type ReportInput } from './report-input.ts';
import { hashBlocks, limitBlocks, methodBlocks } from './sections/appendix.ts';
import { campaignChapters } from './sections/campaigns.ts';
import { changeBlocks } from './sections/changes.ts';
import { conductBlocks } from './sections/conduct.ts';
import { conflictBlocks } from './sections/conflicts.ts';
import { controlBlocks, coverOf } from './sections/cover.ts';
import { anomalyBlocks } from './sections/anomalies.ts';
import { dailyChapters } from './sections/daily.ts';
import { decisionBlocks } from './sections/decisions.ts';
import { exceptionBlocks } from './sections/exceptions.ts';
import { findingsBlocks } from './sections/findings.ts';
import { hourBlocks } from './sections/hours.ts';
import { populationChangeBlocks } from './sections/population-changes.ts';
import { populationBlocks } from './sections/population.ts';
import { samplingBlocks } from './sections/sampling.ts';
import { signOffBlocks } from './sections/sign-off.ts';
import { summaryBlocks } from './sections/summary.ts';
import { elsewhereBlocks, undecidedBlocks } from './sections/undecided.ts';

/** In the order of the report; those with a number came with that edition. */
type Chapter = Section & { readonly since?: ReportEdition };

function sectionsOf(input: ReportInput, edition: ReportEdition): Section[] {
  return chaptersOf(input, edition).flatMap(({ since = 2, ...section }) =>
    edition < since ? [] : [section],
  );
}

function chaptersOf(input: ReportInput, edition: ReportEdition): Chapter[] {
  const { predicate, ipe, rows, detectors, digests, controls } = input;
  const facts = factsOfInput(input);
  return [
    { id: 'summary', title: 'Summary', blocks: summaryBlocks(input, facts, edition) },
    { id: 'controls', title: 'Controls', blocks: controlBlocks(controls) },
    { id: 'population', title: 'Population', blocks: populationBlocks(ipe, facts) },
    {
      id: 'population-changes',
      title: 'Changes of the population',
      blocks: populationChangeBlocks(input, facts),
      since: 3,
    },
    { id: 'sampling', title: 'Sample', blocks: samplingBlocks(rows, facts), since: 3 },
    { id: 'decisions', title: 'Decisions', blocks: decisionBlocks(rows, facts) },
    { id: 'undecided', title: 'Items without a decision', blocks: undecidedBlocks(rows, facts, edition) },
    {
      id: 'elsewhere',
      title: 'Reviewed by others in the database',
      blocks: elsewhereBlocks(rows, facts),
      since: 3,
    },
    { id: 'conflicts', title: 'Conflicts', blocks: conflictBlocks(rows) },
    {
      id: 'conduct',
      title: 'How the decisions were made',
      blocks: conductBlocks(rows.conduct, facts, edition),
    },
    { id: 'findings', title: 'Findings', blocks: findingsBlocks(rows, facts) },
    { id: 'anomalies', title: 'Anomalies of the source', blocks: anomalyBlocks(rows, facts), since: 3 },
    { id: 'hours', title: 'Hours of the week', blocks: hourBlocks(rows, predicate.zone) },
    ...campaignChapters(input, facts).map((section) => ({ ...section, since: 3 as const })),
    ...dailyChapters(input, facts).map((section) => ({ ...section, since: 3 as const })),
    { id: 'exceptions', title: 'Exceptions', blocks: exceptionBlocks(input, facts, edition) },
    { id: 'changes', title: 'Changes to the configuration', blocks: changeBlocks(rows) },
    { id: 'method', title: 'Method', blocks: methodBlocks(detectors) },
    { id: 'limits', title: 'Limits of this evidence', blocks: limitBlocks(predicate.limits) },
    { id: 'sign-off', title: 'Sign-off', blocks: signOffBlocks(predicate), since: 3 },
    { id: 'hashes', title: 'Hashes', blocks: hashBlocks(digests) },
  ];
}

/**
 * Builds the report of a pack. The same data gives the same report.
 * @param edition an older one has the facts that reports then stated, though not always in the same words
 */
export function reportDocument(input: ReportInput, edition: ReportEdition = currentEdition): ReportDocument {
  const { predicate } = input;
  return {
    edition,
    title: 'Review of privileged actions and unusual activity',
    packId: predicate.packId,
    language: 'en',
    generatedAt: predicate.generatedAt,
    cover: coverOf(input),
    sections: sectionsOf(input, edition),
  };
}
