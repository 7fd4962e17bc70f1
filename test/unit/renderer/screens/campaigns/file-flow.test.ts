import { describe, expect, test } from 'vitest';
import { flowRows } from '../../../../../src-renderer/screens/campaigns/files/file-flow.ts';
import type { ReviewerShare } from '../../../../../src-shared/model/campaign-file-views.ts';
import type { CampaignFileList } from '../../../../../src-shared/model/campaign-files.ts';
import { people } from '../../../../support/campaign.ts';

type File = CampaignFileList[number];

const definition = { people: Object.values(people) };

const share = (person: string | null, counts: Partial<ReviewerShare> = {}): ReviewerShare => ({
  person,
  stage: 0,
  open: 3,
  decided: 1,
  inConflict: 0,
  ...counts,
});

const file = (kind: File['kind'], person: string, day: number, more: Partial<File> = {}): File => ({
  kind,
  at: `2026-10-0${day}T08:00:00.000Z`,
  byName: 'Olga Owner',
  fileName: 'a.zip',
  sha256: 'a'.repeat(64),
  isHere: true,
  person,
  stage: kind === 'imported' ? null : 0,
  count: 4,
  refused: 0,
  signer: null,
  accepted: null,
  ...more,
});

const standings = (shares: ReviewerShare[], files: File[] = [], here: string | null = null) =>
  flowRows({ definition, shares, files, here }).map(
    ({ person, stage, standing }) => `${person?.id ?? 'nobody'} ${stage} ${standing}`,
  );

describe('where the items of a person are', () => {
  test('nothing left yet', () => expect(standings([share('rita')])).toEqual(['rita 0 not-handed-out']));

  test('a file left, and nothing came back', () =>
    expect(standings([share('rita')], [file('handed-out', 'rita', 1)])).toEqual(['rita 0 out']));

  test('some of it came back', () => {
    const files = [file('imported', 'rita', 2), file('handed-out', 'rita', 1)];
    expect(standings([share('rita')], files)).toEqual(['rita 0 partly-back']);
  });

  test('handed out once more after something came back: waited for again', () => {
    const files = [file('handed-out', 'rita', 3), file('imported', 'rita', 2), file('handed-out', 'rita', 1)];
    expect(standings([share('rita')], files)).toEqual(['rita 0 out']);
  });

  test('nothing is open any more, whatever left', () => {
    const settled = share('rita', { open: 0, decided: 4 });
    expect(standings([settled], [file('handed-out', 'rita', 1)])).toEqual(['rita 0 settled']);
  });

  test('a conflict is not settled', () => {
    const files = [file('imported', 'rita', 2), file('handed-out', 'rita', 1)];
    const conflicting = share('rita', { open: 0, decided: 3, inConflict: 1 });
    expect(standings([conflicting], files)).toEqual(['rita 0 partly-back']);
  });

  test('the person of this workspace needs no file', () =>
    expect(standings([share('rita')], [], 'rita')).toEqual(['rita 0 here']));

  test('somebody who holds a file while another stands in is waited for', () =>
    expect(standings([share('otto')], [file('handed-out', 'rita', 1)])).toEqual([
      'rita 0 out',
      'otto 0 not-handed-out',
    ]));

  test('items nobody may review have a row of their own', () =>
    expect(standings([share(null)])).toEqual(['nobody 0 not-handed-out']));
});

describe('which file counts', () => {
  test('the newest of each direction', () => {
    const files = [
      file('imported', 'rita', 4, { count: 2 }),
      file('imported', 'rita', 3, { count: 9 }),
      file('handed-out', 'rita', 2, { count: 5 }),
      file('handed-out', 'rita', 1, { count: 8 }),
      file('imported', 'otto', 5),
    ];
    const [row] = flowRows({ definition, shares: [share('rita')], files, here: null });
    expect(row).toMatchObject({ handedOut: { count: 5 }, cameBack: { count: 2 } });
  });

  test('what came back before a stage was handed out was about another stage', () => {
    const files = [
      file('handed-out', 'rita', 3, { stage: 1 }),
      file('imported', 'rita', 2),
      file('handed-out', 'rita', 1),
    ];
    const shares = [share('rita'), share('rita', { stage: 1 })];
    const rows = flowRows({ definition, shares, files, here: null });
    expect(rows.map(({ stage, cameBack }) => [stage, cameBack?.at ?? null])).toEqual([
      [1, null],
      [0, '2026-10-02T08:00:00.000Z'],
    ]);
  });
});

test('whoever is waited for stands first, then by stage and in the order of the people', () => {
  const shares = [
    share('olga', { open: 0 }),
    share('adam'),
    share('rita', { stage: 1 }),
    share('otto', { stage: 1 }),
    share('rita'),
    share('otto'),
  ];
  const files = [file('handed-out', 'otto', 1), file('handed-out', 'rita', 1, { stage: 1 })];
  expect(standings(shares, files)).toEqual([
    'otto 0 out',
    'rita 1 out',
    'adam 0 not-handed-out',
    'rita 0 not-handed-out',
    'otto 1 not-handed-out',
    'olga 0 settled',
  ]);
});
