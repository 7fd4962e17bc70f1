// A hit as the evaluation sees it: as a member of a case, with its score.
import { caseMemberOf, type CaseMember } from '../../../src-main/analytics/case-member.ts';
import type { Hit } from '../../../src-main/analytics/detector.ts';

export interface Listed extends CaseMember {
  readonly score: number;
  readonly action: string;
  readonly count: number;
}

export function listedOf(hit: Hit, title: string): Listed {
  const { score, action, count } = hit;
  return { ...caseMemberOf(hit, title), score, action, count };
}
