// The words around an auditor's work: lists of a pack, verdicts in a line, results of tests.
import { verdicts } from '#shared/model/evidence.ts';
import { packSections, testResults, type WorkPaperSubject } from '#shared/model/work-papers.ts';
import { byKey } from '../texts/by-key.ts';
import { text } from '../texts/text.ts';

export const sectionNames = byKey(packSections, (section) => text(`domain:section.${section}`));

export const resultNames = byKey(testResults, (result) => text(`domain:testResult.${result}`));

/** One line for the top of every screen. */
export const verdictLines = byKey(verdicts, (verdict) => text(`domain:verdictLine.${verdict}`));

export function subjectWords(about: WorkPaperSubject): string {
  if (about.kind === 'pack') return text('domain:subject.pack');
  if (about.kind === 'item')
    return text('domain:subject.item', { section: sectionNames[about.section], key: about.key });
  return about.kind === 'number'
    ? text('domain:subject.number', { name: about.name })
    : text('domain:subject.sample', { reference: about.reference });
}
