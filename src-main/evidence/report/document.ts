// Puts a report together: a pure function of the data of a pack.
import type { ReportDocument, Section } from './document-model.ts';
import { factsOfInput, type ReportInput } from './report-input.ts';
import { hashBlocks, limitBlocks, methodBlocks } from './sections/appendix.ts';
import { changeBlocks } from './sections/changes.ts';
import { conductBlocks } from './sections/conduct.ts';
import { conflictBlocks } from './sections/conflicts.ts';
import { controlBlocks, coverOf } from './sections/cover.ts';
import { decisionBlocks, undecidedBlocks } from './sections/decisions.ts';
import { exceptionBlocks } from './sections/exceptions.ts';
import { findingsBlocks } from './sections/findings.ts';
import { hourBlocks } from './sections/hours.ts';
import { populationBlocks } from './sections/population.ts';
import { summaryBlocks } from './sections/summary.ts';

function sectionsOf(input: ReportInput): Section[] {
  const { predicate, ipe, rows, detectors, digests, controls } = input;
  const facts = factsOfInput(input);
  return [
    { id: 'summary', title: 'Summary', blocks: summaryBlocks(input, facts) },
    { id: 'controls', title: 'Controls', blocks: controlBlocks(controls) },
    { id: 'population', title: 'Population', blocks: populationBlocks(ipe, facts) },
    { id: 'decisions', title: 'Decisions', blocks: decisionBlocks(rows, facts) },
    { id: 'undecided', title: 'Items without a decision', blocks: undecidedBlocks(rows, facts) },
    { id: 'conflicts', title: 'Conflicts', blocks: conflictBlocks(rows) },
    { id: 'conduct', title: 'How the decisions were made', blocks: conductBlocks(rows.conduct, facts) },
    { id: 'findings', title: 'Findings', blocks: findingsBlocks(rows, facts) },
    { id: 'hours', title: 'Hours of the week', blocks: hourBlocks(rows, predicate.zone) },
    { id: 'exceptions', title: 'Exceptions', blocks: exceptionBlocks(rows, facts) },
    { id: 'changes', title: 'Changes to the configuration', blocks: changeBlocks(rows) },
    { id: 'method', title: 'Method', blocks: methodBlocks(detectors) },
    { id: 'limits', title: 'Limits of this evidence', blocks: limitBlocks(predicate.limits) },
    { id: 'hashes', title: 'Hashes', blocks: hashBlocks(digests) },
  ];
}

/** Builds the report of a pack. The same data gives the same report. */
export function reportDocument(input: ReportInput): ReportDocument {
  const { predicate } = input;
  return {
    title: 'Review of privileged actions and unusual activity',
    packId: predicate.packId,
    language: 'en',
    generatedAt: predicate.generatedAt,
    cover: coverOf(predicate),
    sections: sectionsOf(input),
  };
}
