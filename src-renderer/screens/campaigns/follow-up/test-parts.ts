// How the tests of a sample went, as parts of a bar.
import type { CampaignSample } from '#shared/model/campaign-sample.ts';
import { text } from '../../../texts/text.ts';
import { testWords } from './follow-up-words.ts';
import type { Part } from './proportions.tsx';

/** In the order of the bar. */
export function testParts({ counts }: Pick<CampaignSample, 'counts'>): Part[] {
  return [
    { tone: 'pass', count: counts.pass, word: testWords.pass },
    { tone: 'deviation', count: counts.deviation, word: testWords.deviation },
    { tone: 'not-testable', count: counts.notTestable, word: testWords['not-testable'] },
    { tone: 'untested', count: counts.untested, word: text('campaignFollowUp:sample.untested') },
  ];
}
