// Two definitions of a draft differ in what is named, part by part, and in nothing else.
import { expect, it } from 'vitest';
import { campaignDefinition } from '../../../../../src-shared/model/campaign.ts';
import {
  comparedParts,
  definitionDifferences,
} from '../../../../../src-renderer/screens/campaigns/definition-differences.ts';
import { makeDefinition, people } from '../../../../support/campaign.ts';

it('compares every part there is', () => {
  expect([...comparedParts].toSorted()).toEqual(Object.keys(campaignDefinition.shape).toSorted());
});

it('says only what differs, in words', () => {
  const mine = makeDefinition({
    name: 'Q3',
    people: [
      people.olga,
      people.adam,
      people.rita,
      people.otto,
      { id: 'new', name: 'Nina New', email: null },
    ],
    owner: 'adam',
    recurrence: { every: 'quarter', first: '2026-10-01' },
    meanings: { ...makeDefinition().meanings, reader: 'May look.' },
  });
  expect(definitionDifferences(makeDefinition(), makeDefinition())).toEqual([]);
  expect(definitionDifferences(makeDefinition(), mine)).toEqual([
    { part: 'name', theirs: ['Third quarter'], mine: ['Q3'] },
    { part: 'recurrence', theirs: [], mine: ['Every quarter, first on 2026-10-01'] },
    { part: 'people', theirs: [], mine: ['Nina New · new'] },
    { part: 'owner', theirs: ['Olga Owner'], mine: ['Adam Approver'] },
    {
      part: 'meanings',
      theirs: ['reader: May look at everything.'],
      mine: ['reader: May look.'],
    },
  ]);
});
