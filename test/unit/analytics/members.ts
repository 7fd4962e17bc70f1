// Members of cases for tests, by hand and at random.
import fc from 'fast-check';
import { severities } from '../../../src-shared/model/severity.ts';
import type { CaseMember } from '../../../src-main/analytics/case-member.ts';

export const minute = 60_000_000;

let made = 0;

/** A finding of dana that lasts a minute; times in minutes. */
export function member(
  fromMinute: number,
  { toMinute = fromMinute + 1, ...changes }: Partial<CaseMember> & { toMinute?: number } = {},
): CaseMember {
  const actor = changes.actor ?? 'dana';
  made += 1;
  return {
    identity: `hit-${String(made).padStart(6, '0')}`,
    detector: 'nb',
    sourceAccount: 'primary',
    actor,
    entity: { kind: 'actor', value: actor },
    title: 'Unusual count for this hour',
    severity: 'medium',
    fromMicroseconds: fromMinute * minute,
    toMicroseconds: toMinute * minute,
    eventIds: [],
    ...changes,
  };
}

/** A finding about an address that nobody in particular acted from. */
export function addressMember(
  fromMinute: number,
  address: string,
  changes: Partial<CaseMember> = {},
): CaseMember {
  return member(fromMinute, { actor: '', entity: { kind: 'ip', value: address }, ...changes });
}

const shape = fc.record({
  fromMinute: fc.integer({ min: 0, max: 3000 }),
  minutes: fc.integer({ min: 0, max: 200 }),
  account: fc.constantFrom('primary', 'second'),
  who: fc.constantFrom('dana', 'eli', '198.51.100.7', '203.0.113.9', ''),
  severity: fc.constantFrom(...severities),
  detector: fc.constantFrom('nb', 'z3', 'sod', 'first_seen', 'fail_burst'),
  events: fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 4 }),
});

/** Lists of up to 25 findings of a few people, addresses and accounts, some of which cite the same events. */
export const someMembers: fc.Arbitrary<CaseMember[]> = fc.array(shape, { maxLength: 25 }).map((shapes) =>
  shapes.map(({ fromMinute, minutes, account, who, severity, detector, events }, place) => {
    const isAddress = who.includes('.');
    const kind = isAddress ? 'ip' : who === '' ? 'account' : 'actor';
    return {
      identity: `${detector}-${place}`,
      detector,
      sourceAccount: account,
      actor: isAddress ? '' : who,
      entity: { kind, value: who },
      title: detector,
      severity,
      fromMicroseconds: fromMinute * minute,
      toMicroseconds: (fromMinute + minutes) * minute,
      eventIds: events.map(String),
    };
  }),
);

export const lastMinute = 3000;
