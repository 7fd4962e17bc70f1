// How the decisions were made: signs of approving without looking, for the reader to judge.
import { quickMs, type Conduct } from '../collect-conduct.ts';
import { factList, paragraph, type Block } from '../document-model.ts';
import type { ReportEdition } from '../edition.ts';
import { stateFact, type Facts } from '../facts.ts';

export function conductBlocks(conduct: Conduct, facts: Facts, edition: ReportEdition): Block[] {
  if (conduct.recorded === 0) return [paragraph('No decision was recorded.')];
  const fact = (name: string) => stateFact(facts, `conduct-${name}`);
  return [
    paragraph(
      'Many decisions in a short time, or in bulk, or alike in a row can mean that nobody looked. They can also mean that items were alike. The counts are over all decisions ever recorded, those corrected or taken back later included; the median is over the decisions in force.',
    ),
    factList([
      ['Decisions recorded', [fact('recorded')]],
      edition < 3
        ? ['Median time an item was in view, in milliseconds', [stateFact(facts, 'count-medianDwellMs')]]
        : ['Median time an item was in view', [stateFact(facts, 'dwell-median')]],
      ['Decisions with a known time in view', [fact('timed')]],
      [
        `… of these after less than ${quickMs / 1000} seconds`,
        [fact('quick'), ' (', fact('quickShare'), ')'],
      ],
      ['Decisions made in bulk', [fact('bulk'), ' (', fact('bulkShare'), ')']],
      ['Most decisions of one kind in a row, by one reviewer', [fact('longestStreak')]],
    ]),
  ];
}
