// Which campaigns touch the time of a pack.
import { expect, test } from 'vitest';
import { touchesPack, type CampaignSpan } from '../../../src-shared/model/pack-campaigns.ts';

const pack = { from: '2026-07-10T09:00:00.000Z', until: '2026-09-20T09:00:00.000Z' };
const campaign = (from: string, to: string, openedAt: string, closedAt: string | null): CampaignSpan => ({
  period: { from, to },
  openedAt: `${openedAt}T08:00:00.000Z`,
  closedAt: closedAt === null ? null : `${closedAt}T08:00:00.000Z`,
});

test.each<[string, boolean, CampaignSpan]>([
  ['observed within', true, campaign('2026-08-01', '2026-08-31', '2027-01-01', null)],
  [
    'observed up to the day before, with its leeway',
    true,
    campaign('2026-01-01', '2026-07-09', '2027-01-01', null),
  ],
  ['observed up to two days before', false, campaign('2026-01-01', '2026-07-08', '2027-01-01', null)],
  [
    'observed from the day after, with its leeway',
    true,
    campaign('2026-09-21', '2026-12-31', '2027-01-01', null),
  ],
  ['observed from two days after', false, campaign('2026-09-22', '2026-12-31', '2027-01-01', null)],
  ['still open when the pack begins', true, campaign('2026-01-01', '2026-03-31', '2026-04-02', '2026-07-10')],
  ['closed before the pack begins', false, campaign('2026-01-01', '2026-03-31', '2026-04-02', '2026-07-09')],
  ['never closed', true, campaign('2026-01-01', '2026-03-31', '2026-04-02', null)],
  ['opened as the pack was made', true, campaign('2026-01-01', '2026-03-31', '2026-09-20', null)],
])('%s: %s', (_, touches, span) => expect(touchesPack(span, pack)).toBe(touches));

test('a pack without events speaks of everything before it', () => {
  const old = campaign('2001-01-01', '2001-12-31', '2002-01-01', '2002-02-01');
  expect(touchesPack(old, { ...pack, from: null })).toBe(true);
});
