// The words around an auditor's work: lists of a pack, verdicts in a line, results of tests.
import type { Verdict } from '#shared/model/evidence.ts';
import type { PackSection, TestResult, WorkPaperSubject } from '#shared/model/work-papers.ts';

export const sectionNames: Readonly<Record<PackSection, string>> = {
  population: 'Population',
  decisions: 'Decisions',
  findings: 'Findings',
  conflicts: 'Conflicts',
  changes: 'Configuration changes',
  ledger: 'Ledger',
};

export const resultNames: Readonly<Record<TestResult, string>> = {
  pass: 'Pass',
  deviation: 'Deviation',
  'not-testable': 'Not testable',
};

/** One line for the top of every screen. */
export const verdictLines: Readonly<Record<Verdict, string>> = {
  trusted: 'This pack is intact, and somebody you believe signed it.',
  unpinned: 'This pack is intact, but nothing says who signed it.',
  tampered: 'This pack is not what was signed. It is open for looking only: do not rely on anything in it.',
  malformed:
    'This cannot be verified as an evidence pack. It is open for looking only: do not rely on anything in it.',
};

export function subjectWords(about: WorkPaperSubject): string {
  if (about.kind === 'pack') return 'The pack as a whole';
  if (about.kind === 'item') return `${sectionNames[about.section]}: ${about.key}`;
  return about.kind === 'number' ? `Number: ${about.name}` : `Sample ${about.reference}`;
}
