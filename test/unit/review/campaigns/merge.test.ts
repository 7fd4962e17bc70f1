// Decisions that come back in files: whatever order they come in, and however often, the same is on record.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecisionKind } from '../../../../src-shared/model/review.ts';
import type { CampaignDecisionPayload } from '../../../../src-shared/model/campaign-entries.ts';
import { linkIdentities, type Identities } from '../../../../src-main/review/aliases.ts';
import type { CampaignRecord, DecidedItem } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { itemDigest } from '../../../../src-main/review/campaigns/item-digest.ts';
import {
  decisionJudge,
  disputeFinder,
  knownItem,
  type Fate,
  type OfferedDecision,
} from '../../../../src-main/review/campaigns/merge.ts';
import { withStatedNames } from '../../../../src-main/review/campaigns/own-names.ts';
import { possibleTimes } from '../../../../src-main/review/campaigns/possible-times.ts';
import { campaignIdentities } from '../../../../src-main/review/campaigns/reviewer-of-record.ts';
import { standingOf } from '../../../../src-main/review/campaigns/standing.ts';
import { makeItem, openedWith } from '../../../support/campaign.ts';
import { ledgerWithReviewer } from '../../../support/workspace.ts';

const items = [
  makeItem({ subject: 'eve', entitlement: 'reader' }),
  makeItem({ subject: 'frank', entitlement: 'reader' }),
  makeItem({ subject: 'frank', entitlement: 'admin', privileged: 'yes' }),
  makeItem({ subject: 'rita-admin', entitlement: 'reader' }),
  makeItem({
    subject: 'gone',
    entitlement: 'reader',
    flags: [{ flag: 'orphaned', is: 'yes', because: 'not listed' }],
  }),
];

const delegation = {
  from: 'rita',
  to: 'otto',
  by: 'olga',
  reason: 'away',
  validFrom: '2026-10-01T00:00:00.000Z',
  validTo: '2026-11-01T00:00:00.000Z',
};

/** A campaign in which Rita reviews everything, and Otto stands in for her in October. */
function campaign() {
  const opened = (base ??= openedWith(ledgerWithReviewer({ name: 'Olga', id: 'olga', email: null }), items));
  const record: CampaignRecord = {
    ...opened,
    delegations: [delegation],
    decisions: new Map(),
    decisionsById: new Map(),
  };
  const known: Identities = new Map();
  linkIdentities(known, ['rita', 'rita-admin']);
  return { record, identities: campaignIdentities(known, record.definition) };
}

let base: CampaignRecord | null = null;

type Scene = ReturnType<typeof campaign>;

const sceneFor = ({ record, identities }: Scene, reviewer: string, file: readonly OfferedDecision[]) => {
  const named = new Set(file.map(({ payload }) => payload.item));
  const known = items.filter(({ key }) => named.has(key));
  return {
    record,
    identities,
    reviewer,
    ownNames: [] as readonly string[],
    possible: possibleTimes(
      { opened: { ...record.opened!, at: '2026-09-30T22:00:00.000Z' } },
      { madeAt: '2026-12-31T00:00:00.000Z' },
    ),
    items: new Map(known.map((item) => [item.key, knownItem(item, itemDigest(record, item))])),
  };
};

type FileScene = ReturnType<typeof sceneFor>;

function judgeAll(merge: FileScene, file: readonly OfferedDecision[]): Fate[] {
  const judge = decisionJudge(merge);
  return file.map((decision) => judge(decision, merge.items.get(decision.payload.item)));
}

function importFile(scene: Scene, reviewer: string, file: readonly OfferedDecision[]): Fate[] {
  const merge = sceneFor(scene, reviewer, file);
  const fates = judgeAll(merge, file);
  for (const fate of fates) if (fate.fate === 'new') put(scene.record, fate, reviewer);
  return fates;
}

function put(
  { decisions, decisionsById }: CampaignRecord,
  fate: Extract<Fate, { fate: 'new' }>,
  reviewer: string,
) {
  const { id, decidedAt, payload } = fate.decision;
  const { osUser: _osUser, imported: _imported, ...rest } = payload;
  const decided: DecidedItem = {
    ...rest,
    ofRecord: fate.ofRecord,
    because: fate.because,
    id,
    reviewer,
    decidedAt,
    importedFrom: 'f',
  };
  decisionsById.set(id, decided);
  decisions.set(payload.item, [...(decisions.get(payload.item) ?? []), decided]);
}

let made = 0;
function offer(
  { record }: Scene,
  actor: string,
  item: number,
  decision: DecisionKind,
  changes: Partial<CampaignDecisionPayload> & { id?: string; decidedAt?: string } = {},
): OfferedDecision {
  const { id = `d-${(made += 1)}`, decidedAt = '2026-10-05T09:00:00.000Z', ...rest } = changes;
  const about = items[item]!;
  const { key, subject, entitlement, resource } = about;
  const payload: CampaignDecisionPayload = {
    campaign: record.id,
    item: key,
    stage: 0,
    decision,
    reason: 'because',
    reviewerName: actor,
    ofRecord: 'rita',
    digest: itemDigest(record, about),
    dwellMs: null,
    opened: [],
    batch: null,
    supersedes: null,
    subject,
    entitlement,
    resource,
    because: 'rule',
    ...rest,
  };
  return { id, actor, decidedAt, payload };
}

/** What is on record, as text, whatever order it came in. */
const recorded = ({ record, identities }: Scene) =>
  items.map((item) => ({
    decisions: (record.decisions.get(item.key) ?? [])
      .map(({ id, reviewer, decision, ofRecord }) => [id, reviewer, decision, ofRecord].join(' '))
      .toSorted(),
    ...(({ state, outcome, stage }) => ({ state, outcome, stage }))(standingOf(record, item, identities)),
  }));

const wish = fc.record({
  item: fc.nat({ max: items.length - 1 }),
  decision: fc.constantFrom<DecisionKind>('certify', 'revoke', 'modify', 'abstain', 'escalate'),
  /** How the reviewer, or whoever forged the file, spoils it. */
  spoilt: fc.constantFrom('no', 'no', 'no', 'digest', 'stolen', 'stage', 'no-reason', 'late'),
});

/** Every decision of one person, later ones on the same item correcting earlier ones. */
function fileOf(
  scene: Scene,
  actor: string,
  wishes: readonly { item: number; decision: DecisionKind; spoilt: string }[],
  stolen: string,
): OfferedDecision[] {
  const last = new Map<number, string>();
  return wishes.map(({ item, decision, spoilt }) => {
    const offered = offer(scene, actor, item, decision, {
      supersedes: spoilt === 'stolen' ? stolen : (last.get(item) ?? null),
      ...(spoilt === 'digest' && { digest: '0'.repeat(64) }),
      ...(spoilt === 'stage' && { stage: 2 as const }),
      ...(spoilt === 'no-reason' && { reason: ' ' }),
      ...(spoilt === 'late' && { decidedAt: '2026-12-05T09:00:00.000Z' }),
    });
    last.set(item, offered.id);
    return offered;
  });
}

describe('merging', () => {
  test('the order of files makes no difference; nothing is lost, nothing is there twice', () => {
    fc.assert(
      fc.property(
        fc.array(wish, { maxLength: 6 }),
        fc.array(wish, { maxLength: 6 }),
        fc.nat({ max: 6 }),
        fc.array(fc.boolean(), { minLength: 2, maxLength: 5 }),
        (ritas, ottos, cut, order) => {
          const scene = campaign();
          const fromRita = fileOf(scene, 'rita', ritas, 'otto-1');
          const fromOtto = fileOf(scene, 'otto', ottos, fromRita[0]?.id ?? 'nothing');
          // An earlier export of the same reviewer is the beginning of a later one.
          const files = [
            ['rita', fromRita.slice(0, cut)],
            ['rita', fromRita],
            ['otto', fromOtto],
          ] as const;
          for (const [who, file] of files) importFile(scene, who, file);
          const first = recorded(scene);
          for (const [who, file] of files) {
            const fates = importFile(scene, who, file);
            const known = file.filter(({ id }) => scene.record.decisionsById.has(id));
            expect(fates.filter(({ fate }) => fate === 'new')).toEqual([]);
            expect(fates.flatMap(({ fate, decision }) => (fate === 'known' ? [decision] : []))).toEqual(
              known,
            );
          }
          expect(recorded(scene)).toEqual(first);

          const again: Scene = {
            identities: scene.identities,
            record: { ...scene.record, decisions: new Map(), decisionsById: new Map() },
          };
          for (const isRita of order)
            importFile(again, isRita ? 'rita' : 'otto', isRita ? fromRita : fromOtto);
          for (const [who, file] of files.toReversed()) importFile(again, who, file);
          expect(recorded(again)).toEqual(first);

          const ids = [...scene.record.decisionsById.keys()];
          expect(
            [...scene.record.decisions.values()]
              .flat()
              .map(({ id }) => id)
              .toSorted(),
          ).toEqual(ids.toSorted());
          for (const { subject, reviewer } of scene.record.decisionsById.values())
            expect([subject, reviewer]).not.toEqual(['rita-admin', 'rita']);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('every decision has exactly one fate', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        const scene = campaign();
        const file = fileOf(scene, 'rita', wishes, 'nothing');
        const fates = importFile(scene, 'rita', file);
        expect(fates.map(({ decision }) => decision.id)).toEqual(file.map(({ id }) => id));
        const added = fates.filter(({ fate }) => fate === 'new').length;
        expect(scene.record.decisionsById.size).toBe(added);
      }),
      { numRuns: 40 },
    );
  });

  const lastOf = (merge: FileScene, file: OfferedDecision[]) => {
    const fate = judgeAll(merge, file).at(-1)!;
    return fate.fate === 'refused' ? fate.why : fate.fate;
  };
  const whyOf = (scene: Scene, reviewer: string, ...file: OfferedDecision[]) =>
    lastOf(sceneFor(scene, reviewer, file), file);

  test('what is refused is named with its reason', () => {
    const scene = campaign();
    const of = (item: number, changes: Parameters<typeof offer>[4] = {}, kind: DecisionKind = 'certify') =>
      offer(scene, 'rita', item, kind, changes);
    expect(whyOf(scene, 'rita', of(0, { reason: null }))).toBe('new');
    expect(whyOf(scene, 'rita', of(2, { reason: null }))).toContain('needs a reason');
    expect(whyOf(scene, 'rita', of(4, { reason: null }))).toContain('needs a reason');
    expect(whyOf(scene, 'rita', of(0, { reason: '' }, 'revoke'))).toContain('needs a reason');
    expect(whyOf(scene, 'rita', of(2, { batch: 'b' }))).toContain('privileged');
    expect(whyOf(scene, 'rita', of(4, { batch: 'b' }))).toContain('flagged');
    expect(whyOf(scene, 'rita', of(3))).toContain('nobody decides about themselves');
    expect(whyOf(scene, 'rita', of(0, { digest: '0'.repeat(64) }))).toContain('not what was frozen');
    expect(whyOf(scene, 'rita', of(0, { subject: 'frank' }))).toContain('another subject');
    expect(whyOf(scene, 'rita', of(0, { item: 'f'.repeat(32) }))).toContain('no such item');
    expect(whyOf(scene, 'rita', of(0, { supersedes: 'nothing' }))).toContain('neither in this file nor here');
    expect(whyOf(scene, 'adam', offer(scene, 'adam', 0, 'certify'))).toContain('not theirs');
    expect(whyOf(scene, 'otto', offer(scene, 'otto', 0, 'certify'))).toBe('new');
    const late = offer(scene, 'otto', 0, 'certify', { decidedAt: '2026-11-01T00:00:00.000Z' });
    expect(whyOf(scene, 'otto', late)).toContain('not theirs');
    expect(whyOf(scene, 'rita', of(0, { id: 'loop', supersedes: 'loop' }))).toContain('corrects itself');
    expect(whyOf(scene, 'rita', of(0, { reason: 'x'.repeat(4001) }))).toContain('longer than any');
    expect(whyOf(scene, 'rita', of(0, { batch: 'b' }), of(1, { batch: 'b' }))).toBe('new');
    const service = items.length;
    items.push(makeItem({ subject: 'job', entitlement: 'reader', subjectType: 'service' }));
    expect(whyOf(scene, 'rita', of(0, { batch: 'b' }), of(service, { batch: 'b' }))).toContain(
      'another type',
    );
    items.pop();
    const many = Array.from({ length: 101 }, () => of(0, { batch: 'b' }));
    expect(whyOf(scene, 'rita', ...many)).toContain('At most 100');
    const twice = of(1, { id: 'same' });
    expect(
      whyOf(scene, 'rita', twice, { ...twice, payload: { ...twice.payload, decision: 'revoke' } }),
    ).toContain('two decisions of this number');
  });

  test('what is on record already is known once in a file, and only with everything that was signed of it', () => {
    const scene = campaign();
    const file = [offer(scene, 'rita', 0, 'certify')];
    importFile(scene, 'rita', file);
    const changed = (changes: Partial<CampaignDecisionPayload>) =>
      file.map((decision) => ({ ...decision, payload: { ...decision.payload, ...changes } }));
    const lastIn = (offered: OfferedDecision[]) => lastOf(sceneFor(scene, 'rita', file), offered);
    expect(lastIn(file)).toBe('known');
    expect(lastIn([...file, ...file])).toContain('two decisions of this number');
    for (const change of [{ dwellMs: 7 }, { opened: ['use' as const] }, { subject: 'x' }, { resource: 'x' }])
      expect(lastIn(changed(change))).toContain('says something else');
  });

  test('a decision cannot be older than the population or younger than its file, but for clocks that differ a little', () => {
    const scene = campaign();
    const at = (decidedAt: string) => whyOf(scene, 'rita', offer(scene, 'rita', 0, 'certify', { decidedAt }));
    expect(at('2026-09-30T21:49:59.999Z')).toContain('before the population was frozen');
    expect(at('2026-09-30T21:50:00.000Z')).toBe('new');
    expect(at('2026-12-31T00:10:00.000Z')).toBe('new');
    expect(at('2026-12-31T00:10:00.000001Z')).toContain('after the file was written');
  });

  test('names the reviewer states take items from them and give them none', () => {
    const scene = campaign();
    const file = [offer(scene, 'rita', 0, 'certify', { id: 'hers' })];
    const stating = (ownNames: string[]) => ({ ...sceneFor(scene, 'rita', file), ownNames });
    expect(lastOf(stating(['eve']), file)).toContain('nobody decides about themselves');
    // Who says to be Rita does not get Rita's items.
    const stolen = [offer(scene, 'adam', 1, 'certify')];
    expect(lastOf({ ...sceneFor(scene, 'adam', stolen), ownNames: ['rita'] }, stolen)).toContain(
      'not theirs',
    );
    importFile(scene, 'rita', file);
    expect(lastOf(stating([]), file)).toBe('known');
    expect(lastOf(stating(['EVE']), file)).toContain('came in an earlier file');
    // What was stated once holds for a file that says nothing of it, and for the rule; others decide as before.
    const scene2 = campaign();
    scene2.record.statedNames = withStatedNames(new Map(), 'rita', ['eve']);
    const earlier = [offer(scene2, 'rita', 0, 'certify')];
    expect(lastOf(sceneFor(scene2, 'rita', earlier), earlier)).toContain('nobody decides about themselves');
    // Nobody stands in for Rita then.
    const fallback = [offer(scene2, 'otto', 0, 'certify', { decidedAt: '2026-12-10T00:00:00.000Z' })];
    expect(lastOf(sceneFor(scene2, 'otto', fallback), fallback)).toBe('new');
  });

  test('a stand-in’s decision that comes long after the delegation ended is taken over, and named', () => {
    const remarkOn = (validTo: string, madeAt: string, who: 'rita' | 'otto' = 'otto') => {
      const scene = campaign();
      scene.record.delegations.splice(0, Infinity, { ...delegation, validTo });
      const file = [offer(scene, who, 0, 'certify', { decidedAt: '2026-10-10T00:00:00.000Z' })];
      const possible = possibleTimes({ opened: null }, { madeAt });
      const [fate] = judgeAll({ ...sceneFor(scene, who, file), possible }, file);
      return fate?.fate === 'new' ? fate.remark : fate;
    };
    const end = '2026-11-01T00:00:00.000Z';
    expect(remarkOn(end, '2026-11-08T00:00:00.000Z')).toBeNull();
    expect(remarkOn(end, '2026-11-08T00:00:00.000001Z')).toContain(
      `the delegation ended on ${end}, 7 days before the file was written`,
    );
    expect(remarkOn('2026-12-01T00:00:00.000Z', '2026-11-30T00:00:00.000Z')).toBeNull();
    expect(remarkOn(end, '2026-12-30T00:00:00.000Z', 'rita')).toBeNull();
  });

  test('nobody corrects what somebody else decided, or another item', () => {
    const scene = campaign();
    importFile(scene, 'rita', [offer(scene, 'rita', 0, 'revoke', { id: 'ritas' })]);
    const stolen = offer(scene, 'otto', 0, 'certify', { supersedes: 'ritas' });
    expect(whyOf(scene, 'otto', stolen)).toContain('of somebody else');
    expect(whyOf(scene, 'rita', offer(scene, 'rita', 1, 'certify', { supersedes: 'ritas' }))).toContain(
      'another item',
    );
    expect(whyOf(scene, 'rita', offer(scene, 'rita', 0, 'certify', { supersedes: 'ritas' }))).toBe('new');
  });

  test('two who differ are a conflict; two who agree, or one who corrects themself, are none', () => {
    const scene = campaign();
    importFile(scene, 'rita', [
      offer(scene, 'rita', 0, 'revoke'),
      offer(scene, 'rita', 1, 'certify', { id: 'first' }),
    ]);
    const file = [offer(scene, 'otto', 0, 'certify'), offer(scene, 'otto', 1, 'certify')];
    const merge = sceneFor(scene, 'otto', file);
    const disputes = disputeFinder(merge);
    for (const fate of judgeAll(merge, file))
      disputes.add(fate, merge.items.get(fate.decision.payload.item)!);
    expect([...disputes.keys()].filter((key) => disputes.isDisputed(key))).toEqual([items[0]!.key]);
    importFile(scene, 'otto', file);
    expect(standingOf(scene.record, items[0]!, scene.identities)).toMatchObject({
      state: 'conflict',
      outcome: null,
    });
    expect(standingOf(scene.record, items[1]!, scene.identities)).toMatchObject({
      state: 'decided',
      outcome: 'certify',
    });
  });
});
