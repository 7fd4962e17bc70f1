// The form of a campaign makes the definition it shows, and says what is missing until it can.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignDefinition, type CampaignDefinition } from '../../../../../src-shared/model/campaign.ts';
import {
  emptyDefinition,
  filterKinds,
  readDefinitionDraft,
  type DefinitionDraft,
} from '../../../../../src-renderer/screens/campaigns/definition-draft.ts';
import { missingIn, missingParts } from '../../../../../src-renderer/screens/campaigns/definition-missing.ts';
import {
  definitionOf,
  draftOfDefinition,
  entitlementScopeOf,
} from '../../../../../src-renderer/screens/campaigns/definition-of-draft.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,11}$/);
const sentence = fc.stringMatching(/^[A-Za-z][A-Za-z ,.-]{0,30}[a-z]$/);
const columns = fc.record({ subject: word, entitlement: word, manager: word, privileged: word });
const filter = fc.constantFrom(...filterKinds).chain((is) => {
  const values: fc.Arbitrary<string[]> =
    is === 'empty' || is === 'not-empty'
      ? fc.constant([])
      : fc.array(word, { minLength: 1, maxLength: is === 'one-of' ? 3 : 1 });
  return fc.record({ column: word, is: fc.constant(is), values, reason: sentence });
});
const rows = { columns, filters: fc.array(filter, { maxLength: 2 }) };
const scope = fc.oneof(
  fc.record({ from: fc.constant('table' as const), schema: word, table: word, ...rows }),
  fc.record({
    from: fc.constant('file' as const),
    name: word,
    sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
    ...rows,
  }),
  fc.record({ from: fc.constant('activity' as const), actorTypes: fc.array(word, { maxLength: 2 }) }),
);
const reviewer = fc.oneof(
  fc.record({ by: fc.constantFrom('manager' as const, 'owner' as const) }),
  fc.record({ by: fc.constant('person' as const), person: word }),
  fc.record({
    by: fc.constant('round-robin' as const),
    people: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
);
const date = fc.stringMatching(/^20[0-9]{2}-0[1-9]-1[0-9]$/);
const definition: fc.Arbitrary<CampaignDefinition> = fc
  .record({
    name: sentence,
    objective: fc.oneof(fc.constant(''), sentence),
    controls: fc.array(word, { maxLength: 3 }),
    scope,
    period: fc.record({ from: date, to: date }),
    zone: fc.constantFrom('Europe/Berlin', 'UTC'),
    dueDays: fc.integer({ min: 1, max: 365 }),
    recurrence: fc.option(
      fc.record({ every: fc.constantFrom('month', 'quarter', 'half-year', 'year'), first: date }),
    ),
    series: fc.option(fc.oneof(fc.constant('own'), word), { nil: undefined }),
    people: fc.array(fc.record({ id: word, name: sentence, email: fc.option(word) }), {
      minLength: 1,
      maxLength: 4,
    }),
    stages: fc.array(fc.record({ name: sentence, reviewer, fallback: word }), { minLength: 1, maxLength: 3 }),
    policy: fc.constantFrom('first-final', 'all-agree'),
    owner: word,
    approver: word,
    materiality: fc.option(fc.record({ deviations: fc.nat({ max: 50 }), setBy: sentence, reason: sentence })),
    dormantDays: fc.integer({ min: 1, max: 3650 }),
    meanings: fc.dictionary(word, sentence, { maxKeys: 3 }),
  })
  .map((value) => campaignDefinition.parse(value));

describe('a definition', () => {
  it('comes out of the form as it went in, also after it was kept as text', () => {
    fc.assert(
      fc.property(definition, (given) => {
        const kept = readDefinitionDraft(JSON.stringify(draftOfDefinition(given)));
        expect(definitionOf(kept!)).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });

  it('is not made while anything is missing', () => {
    const empty = emptyDefinition('UTC');
    expect(missingIn(empty)).toEqual([
      'name',
      'table',
      'subject',
      'entitlement',
      'period',
      'people',
      'stage',
      'policy',
      'owner',
      'approver',
    ]);
    expect(definitionOf(empty)).toBeNull();
  });
});

const whole = draftOfDefinition(
  campaignDefinition.parse({
    name: 'Third quarter',
    scope: { from: 'table', schema: 'public', table: 't', columns: { subject: 'a', entitlement: 'b' } },
    period: { from: '2026-07-01', to: '2026-09-30' },
    zone: 'UTC',
    dueDays: 14,
    people: [{ id: 'rita', name: 'Rita' }],
    stages: [{ name: 'review', reviewer: { by: 'person', person: 'rita' }, fallback: 'rita' }],
    policy: 'all-agree',
    owner: 'rita',
    approver: 'adam',
  }),
);
const stage = whole.stages[0]!;
const spoilt: Record<(typeof missingParts)[number], Partial<DefinitionDraft>> = {
  name: { name: '  ' },
  table: { table: '' },
  file: { from: 'file' },
  subject: { columns: { entitlement: 'b' } },
  entitlement: { columns: { subject: 'a', entitlement: '' } },
  filter: { filters: [{ column: 'a', is: 'empty', values: '', reason: ' ' }] },
  period: { periodTo: '' },
  zone: { zone: '' },
  dueDays: { dueDays: '366' },
  first: { every: 'month' },
  people: { people: [{ id: '', name: 'Rita', email: '' }] },
  stages: { stages: [] },
  stage: { stages: [{ ...stage, by: 'round-robin', people: [] }] },
  policy: { policy: '' },
  owner: { owner: '' },
  approver: { approver: '' },
  materiality: { deviations: '2' },
  dormantDays: { dormantDays: '1.5' },
  meaning: { meanings: [{ entitlement: '', meaning: 'something' }] },
};

describe('what is missing', () => {
  it.each(missingParts)('names the %s, and that alone', (part) => {
    expect(missingIn(whole)).toEqual([]);
    expect(missingIn({ ...whole, ...spoilt[part] })).toEqual([part]);
  });
});

describe('the rights there are', () => {
  it('can be looked at before people are named, but not before it is said where', () => {
    expect(entitlementScopeOf({ ...whole, people: [], owner: '' })).toMatchObject({ zone: 'UTC' });
    expect(entitlementScopeOf({ ...whole, table: '' })).toBeNull();
  });
});

describe('what was kept', () => {
  it.each(['', 'no JSON', '[]', '{"filters":3}'])('is nothing where it is %j', (written) => {
    expect(readDefinitionDraft(written)).toBeNull();
  });
});
