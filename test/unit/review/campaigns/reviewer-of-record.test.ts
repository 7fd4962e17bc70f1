// Who decides what: by rule, never about themself, and a delegate only while the delegation holds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CampaignDefinition, Delegation } from '../../../../src-shared/model/campaign.ts';
import { isSamePerson, linkIdentities, type Identities } from '../../../../src-main/review/aliases.ts';
import { campaignIdentities, reviewersOf } from '../../../../src-main/review/campaigns/reviewer-of-record.ts';
import { makeDefinition, makeItem, people } from '../../../support/campaign.ts';

type Rule = CampaignDefinition['stages'][number]['reviewer'];
const at = Date.parse('2026-11-16T00:00:00Z') * 1000;

function ask(
  rule: Rule,
  item = makeItem(),
  { fallback = 'otto', delegations = [] as Delegation[], known = new Map() as Identities } = {},
) {
  const definition = makeDefinition({ stages: [{ name: 'one', reviewer: rule, fallback }] });
  const identities = campaignIdentities(known, definition);
  const { person, acting, because } = reviewersOf({
    definition,
    identities,
    delegations,
    statedNames: new Map(),
    atMicroseconds: at,
  })(item, 0);
  return { person: person?.id, acting: acting?.id, because, identities };
}

describe('by rule', () => {
  test('manager and owner are found by id and by e-mail address, whatever the letter case', () => {
    expect(ask({ by: 'manager' }, makeItem({ manager: 'rita' })).person).toBe('rita');
    expect(ask({ by: 'owner' }, makeItem({ owner: 'Rita@Example.org' })).person).toBe('rita');
    expect(ask({ by: 'manager' }, makeItem({ manager: 'somebody' }))).toMatchObject({
      person: 'otto',
      because: expect.stringContaining('somebody else than the people'),
    });
    expect(ask({ by: 'manager' })).toMatchObject({
      person: 'otto',
      because: expect.stringContaining('names none'),
    });
  });

  test('whoever is the subject is passed over, and so is the fallback', () => {
    expect(ask({ by: 'person', person: 'rita' }, makeItem({ subject: 'RITA@example.org' }))).toMatchObject({
      person: 'otto',
      because: expect.stringMatching(/^fallback: .*subject/),
    });
    expect(
      ask({ by: 'person', person: 'rita' }, makeItem({ subject: 'rita' }), { fallback: 'rita' }).person,
    ).toBe('olga');
  });

  test('an alias makes somebody the subject', () => {
    const known: Identities = new Map();
    linkIdentities(known, ['rita', 'admin-7']);
    expect(ask({ by: 'person', person: 'rita' }, makeItem({ subject: 'admin-7' }), { known }).person).toBe(
      'otto',
    );
  });
});

describe('delegation', () => {
  const delegation = (changes: Partial<Delegation> = {}): Delegation => ({
    from: 'rita',
    to: 'adam',
    validFrom: '2026-11-15T00:00:00.000Z',
    validTo: '2026-11-17T00:00:00.000Z',
    by: 'rita',
    reason: 'away',
    ...changes,
  });
  const rule: Rule = { by: 'person', person: 'rita' };
  test('holds from its first moment up to, without, its last', () => {
    const acting = (changes: Partial<Delegation>) =>
      ask(rule, makeItem(), { delegations: [delegation(changes)] });
    expect(acting({})).toMatchObject({ person: 'rita', acting: 'adam' });
    expect(acting({ validTo: '2026-11-16T00:00:00.000Z' }).acting).toBe('rita');
    expect(acting({ validFrom: '2026-11-16T00:00:00.000Z' }).acting).toBe('adam');
    expect(acting({ validFrom: '2026-11-16T00:00:00.001Z' }).acting).toBe('rita');
  });
  test('never makes anybody decide about themself', () => {
    expect(ask(rule, makeItem({ subject: 'adam' }), { delegations: [delegation()] }).acting).toBe('rita');
  });
});

test('whatever the rule and whoever is whom: nobody reviews themself, and everybody with a stranger has somebody', () => {
  const ids = [...Object.keys(people), 'eve', 'adm-1', 'adm-2', 'rita@example.org'];
  const id = fc.constantFrom(...ids);
  const person = fc.constantFrom(...Object.keys(people));
  const rule: fc.Arbitrary<Rule> = fc.oneof(
    person.map((one): Rule => ({ by: 'person', person: one })),
    fc.array(person, { minLength: 1 }).map((turns): Rule => ({ by: 'round-robin', people: turns })),
    fc.constantFrom<Rule>({ by: 'manager' }, { by: 'owner' }),
  );
  const links = fc.array(fc.tuple(id, id), { maxLength: 4 });
  const item = fc.record({ subject: id, manager: fc.option(id), owner: fc.option(id) }).map(makeItem);
  const delegations = fc.array(
    fc.tuple(person, person).map(([from, to]): Delegation => ({
      from,
      to,
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2027-01-01T00:00:00.000Z',
      by: from,
      reason: 'away',
    })),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(rule, item, person, links, delegations, (made, about, fallback, pairs, standIns) => {
      const known: Identities = new Map();
      for (const pair of pairs) linkIdentities(known, pair);
      const {
        person: ofRecord,
        acting,
        identities,
      } = ask(made, about, { fallback, delegations: standIns, known });
      for (const one of [ofRecord, acting])
        if (one !== undefined) expect(isSamePerson(identities, one, about.subject)).toBe(false);
      const isSubjectAll = Object.keys(people).every((one) => isSamePerson(identities, one, about.subject));
      expect(ofRecord === undefined).toBe(isSubjectAll);
    }),
    { numRuns: 300 },
  );
});
