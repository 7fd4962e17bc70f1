// Acts of a campaign that the program would have refused, written into a ledger by hand: each is named, and an honest ledger is not.
import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../../src-shared/model/evidence.ts';
import { reviewer as reviewerProfile } from '../../../../src-shared/model/reviewer.ts';
import {
  checkCampaignAct,
  type PeopleThen,
} from '../../../../src-main/evidence/checks/campaign-act-checks.ts';
import { applyCampaignEntry } from '../../../../src-main/review/campaigns/apply-campaign-entry.ts';
import { campaignOf, emptyCampaigns } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { campaignIdentities } from '../../../../src-main/review/campaigns/reviewer-of-record.ts';
import { tallyOf } from '../../../../src-main/review/campaigns/tally-steps.ts';
import { applyIndependence, emptyIndependence } from '../../../../src-main/review/independence-state.ts';
import { fullCampaign } from '../campaign-scene.ts';

type Entries = readonly LedgerEntry[];
type Payload = LedgerEntry['payload'];

async function makeScene() {
  const { ledger, id } = await fullCampaign();
  return { id, entries: ledger.entries().map(({ entry }) => entry) };
}
let made: ReturnType<typeof makeScene> | undefined;
const scene = () => (made ??= makeScene());

/** Goes through a ledger as verification does. @param check whether acts are judged */
function walk(entries: Entries, check = true) {
  const [state, independence] = [emptyCampaigns(), emptyIndependence()];
  let reviewer: PeopleThen['reviewer'] = null;
  entries.forEach((one, index) => {
    const entry = { ...one, seq: index + 1 };
    applyIndependence(independence, entry);
    if (entry.type === 'reviewer-changed') reviewer = reviewerProfile.parse(entry.payload);
    if (check) checkCampaignAct(state, { identities: independence.identities, reviewer }, entry);
    applyCampaignEntry(state, entry);
  });
  return { campaigns: state, identities: independence.identities };
}

/** A forger who knows the program makes attestations and closing fit whatever stands before each of them. */
function refitted(entries: Entries, id: string): Entries {
  const fit: LedgerEntry[] = [];
  for (const entry of entries) {
    if (isOf(id, 'campaign-attested', 'campaign-closed')(entry)) {
      const { campaigns, identities } = walk(fit, false);
      const record = campaignOf({ campaigns }, id);
      const { counts, outcomesSha256 } = tallyOf(record, campaignIdentities(identities, record.definition));
      const closing = { counts, state: counts.open > 0 ? 'closed-incomplete' : 'closed' };
      const isClosing = entry.type === 'campaign-closed';
      fit.push(withPayload(entry, { outcomesSha256, ...(isClosing && closing) }));
    } else fit.push(entry);
  }
  return fit;
}

const isOf =
  (id: string, ...types: string[]) =>
  ({ type, payload }: LedgerEntry): boolean =>
    types.includes(type) && payload['campaign'] === id;
const withPayload = (entry: LedgerEntry, changes: Payload): LedgerEntry => ({
  ...entry,
  payload: { ...entry.payload, ...changes },
});
/** Puts an act right behind the first one of another type, on the word of the same person at the same time. */
const added =
  (after: string, type: LedgerEntry['type'], payload: (behind: LedgerEntry) => Payload) =>
  (entries: Entries, id: string): Entries => {
    const place = entries.findIndex(isOf(id, after));
    const behind = entries[place]!;
    const { byName, reviewerName } = behind.payload;
    const own = { campaign: id, reason: 'because', byName: byName ?? reviewerName, ...payload(behind) };
    return entries.toSpliced(place + 1, 0, { ...behind, id: `${behind.id}-NEXT`, type, payload: own });
  };
const delegationEnd = (at: string, delegation?: string) =>
  added('campaign-delegated', 'campaign-delegation-ended', ({ id }) => ({
    delegation: delegation ?? id,
    at,
  }));
/** Changes every entry of a type. */
const each =
  (type: string, change: (payload: Payload) => Payload, actor?: string) =>
  (entries: Entries, id: string): Entries =>
    entries.map((entry) =>
      isOf(id, type)(entry)
        ? { ...withPayload(entry, change(entry.payload)), ...(actor !== undefined && { actor }) }
        : entry,
    );
const again =
  (type: string, changes: Payload = {}) =>
  (entries: Entries, id: string): Entries => [
    ...entries,
    { ...withPayload(entries.find(isOf(id, type))!, changes), id: 'FORGED', actor: 'olga' },
  ];
/** Moves the first entry of a type to right behind the first one of another. */
const moved =
  (type: string, behind: string, step = 1) =>
  (entries: Entries, id: string): Entries => {
    const one = entries.find(isOf(id, type))!;
    const rest = entries.filter((entry) => entry !== one);
    const place = rest.findIndex(isOf(id, behind)) + step;
    return [...rest.slice(0, place), one, ...rest.slice(place)];
  };
/** Somebody states right before the first entry of a type that a name is theirs, too. */
const states =
  (reviewer: string, name: string, type: string) =>
  (entries: Entries, id: string): Entries => {
    const place = entries.findIndex(isOf(id, type));
    const payload = { reviewer, before: [], after: [name], reason: 'known now' };
    const stated = { ...entries[0]!, type: 'aliases-changed' as const, actor: reviewer, payload };
    return entries.toSpliced(place, 0, stated);
  };
/** Owner and approver turn out to be one person. */
const adamIsOlga = (type: string) => states('olga', 'adam', type);
/** Decisions on the item two people differ about: hers, made here, and his, that came as a file. */
function differing(entries: Entries, id: string): { hers: LedgerEntry; his: LedgerEntry } {
  const his = entries.find((entry) => isOf(id, 'campaign-decision')(entry) && entry.payload['imported'])!;
  const hers = entries.find((entry) => entry !== his && entry.payload['item'] === his.payload['item'])!;
  return { hers, his };
}
const asIs = (payload: Payload): Payload => payload;
const ipeWith = (changes: object) => (payload: Payload) => ({
  ...payload,
  ipe: { ...(payload['ipe'] as object), ...changes },
});
const delegationWith = (changes: object) => (payload: Payload) => ({
  ...payload,
  delegation: { ...(payload['delegation'] as object), ...changes },
});
const ritaIsBob = (payload: Payload) => ({ ...payload, reviewer: 'rita', alsoKnownAs: ['bob'] });
const decidedBy = (reviewer: string) => (payload: Payload) => ({
  ...payload,
  imported: { id: 'F-1', reviewer, decidedAt: '2026-11-19T09:00:00.000Z', file: 'e'.repeat(64) },
});
/** Takes somebody else's place in the ledger for acts of one type, so that only their rule speaks. */
const asReviewer =
  (who: string, type: string) =>
  (entries: Entries, id: string): Entries => {
    const name = who.toUpperCase();
    const nameMember = type === 'campaign-decision' ? 'reviewerName' : 'byName';
    const turn = (as: string, called: string): LedgerEntry => ({
      ...entries[0]!,
      type: 'reviewer-changed',
      actor: as,
      payload: { id: as, name: called, email: null },
    });
    return entries.flatMap((entry) =>
      isOf(id, type)(entry)
        ? [
            turn(who, name),
            { ...withPayload(entry, { [nameMember]: name }), actor: who },
            turn('olga', 'Olga Owner'),
          ]
        : [entry],
    );
  };

test('what the program itself recorded breaks no rule', async () => {
  const { entries, id } = await scene();
  expect(() => walk(entries)).not.toThrow();
  expect(() => walk(refitted(entries, id))).not.toThrow();
});

describe('a ledger that was written by hand is named for', () => {
  const forgeries: [string, string, (entries: Entries, id: string) => Entries][] = [
    ['a second population', 'opens it again', again('campaign-opened')],
    [
      'a decision before the opening',
      'before one was frozen',
      moved('campaign-decision', 'campaign-opened', 0),
    ],
    ['a decision after the close', 'when it was closed already', again('campaign-decision')],
    ['an attestation after the close', 'when it was closed already', again('campaign-attested')],
    ['a second close', 'when it was closed already', again('campaign-closed')],
    ['two counts that differ', 'two counts differ', each('campaign-opened', ipeWith({ countedRows: 99 }))],
    [
      'a filter nobody is told of',
      'what every filter left out',
      each('campaign-opened', ipeWith({ excluded: [] })),
    ],
    [
      'a due date that was moved',
      'is due on another day',
      each('campaign-opened', (payload) => ({ ...payload, dueOn: '2030-01-01' })),
    ],
    [
      'a comparison with another population',
      'was not frozen before',
      each('campaign-opened', (payload) => ({
        ...payload,
        previous: { ...(payload['previous'] as object), sha256: 'a'.repeat(64) },
      })),
    ],
    ['an act in the name of somebody else', 'who did not review', each('campaign-attested', asIs, 'mallory')],
    [
      'the name of somebody else',
      'names whoever acted otherwise',
      each('campaign-closed', (payload) => ({ ...payload, byName: 'Chief Executive' })),
    ],
    ['an approval of somebody else', 'attests it as its owner', asReviewer('otto', 'campaign-attested')],
    ['a closing by somebody else', 'neither its owner nor', asReviewer('otto', 'campaign-closed')],
    ['an opening by somebody else', 'is not its owner', asReviewer('otto', 'campaign-opened')],
    [
      'an attestation of other outcomes',
      'something else than what stood then',
      each('campaign-attested', (payload) => ({ ...payload, outcomesSha256: 'c'.repeat(64) })),
    ],
    [
      'other numbers at the close',
      'other numbers',
      each('campaign-closed', (payload) => ({
        ...payload,
        counts: { ...(payload['counts'] as object), certified: 6 },
      })),
    ],
    [
      'open items closed as if there were none',
      'as if there were none',
      each('campaign-closed', (payload) => ({ ...payload, state: 'closed' })),
    ],
    [
      'an incomplete close without a reason',
      'without a reason',
      each('campaign-closed', (payload) => ({ ...payload, reason: null })),
    ],
    [
      'a close without the approver',
      'without both attestations',
      (entries, id) =>
        entries.filter((entry) => !isOf(id, 'campaign-attested')(entry) || entry.payload['role'] === 'owner'),
    ],
    [
      'an approval before the owner',
      'what the owner had not attested',
      (entries, id) =>
        entries.filter((entry) => !isOf(id, 'campaign-attested')(entry) || entry.payload['role'] !== 'owner'),
    ],
    [
      'an attestation of owner and approver who are one',
      'attests it although owner and approver were known to be one person',
      adamIsOlga('campaign-attested'),
    ],
    [
      'a close by owner and approver who are one',
      'closes it although owner and approver were known to be one person',
      adamIsOlga('campaign-closed'),
    ],
    [
      'a decision about oneself behind a file',
      'decide about themselves',
      each('campaign-decision', (payload) => decidedBy(String(payload['subject']))(payload)),
    ],
    [
      'a decision about what the reviewer had stated to be themself',
      'decide about themselves',
      (entries, id) =>
        moved('campaign-imported', 'campaign-opened')(each('campaign-imported', ritaIsBob)(entries, id), id),
    ],
    [
      'an attestation that counts what the reviewer stated to be themself',
      'something else than what stood then',
      each('campaign-imported', ritaIsBob),
    ],
    [
      'a campaign discarded after its opening',
      'after it was opened',
      added('campaign-opened', 'campaign-discarded', () => ({})),
    ],
    [
      'a campaign opened after its draft was discarded',
      'draft that was discarded',
      (entries, id) => {
        const forged = added('campaign-opened', 'campaign-discarded', () => ({}))(entries, id);
        const place = forged.findIndex(isOf(id, 'campaign-opened'));
        return [...forged.slice(0, place), forged[place + 1]!, forged[place]!, ...forged.slice(place + 2)];
      },
    ],
    [
      'a series ended by a reviewer',
      'the owner’s to do',
      added('campaign-decision', 'campaign-series-ended', () => ({})),
    ],
    [
      'the end of a delegation that is none',
      'a delegation that is none',
      delegationEnd('2026-11-19T08:00:00.000Z', 'NOTHING'),
    ],
    [
      'a decision for somebody under a delegation that came later',
      'nothing on record then lets them stand in',
      (entries, id) =>
        moved('campaign-delegated', 'campaign-decision')(
          asReviewer('otto', 'campaign-decision')(entries, id),
          id,
        ),
    ],
    [
      'a decision for somebody without a delegation',
      'nothing on record then lets them stand in',
      (entries, id) =>
        asReviewer('otto', 'campaign-decision')(
          entries.filter(({ type }) => type !== 'campaign-delegated'),
          id,
        ),
    ],
    [
      'a delegation on the word of a stranger to it',
      'neither their reviewer nor the owner',
      (entries, id) =>
        each('campaign-delegated', delegationWith({ by: 'adam' }))(
          asReviewer('adam', 'campaign-delegated')(entries, id),
          id,
        ),
    ],
    [
      'a delegation on a borrowed word',
      'another than whoever recorded it',
      each('campaign-delegated', delegationWith({ by: 'rita' })),
    ],
    [
      'a delegation to nobody',
      'none of its people',
      each('campaign-delegated', delegationWith({ to: 'eve' })),
    ],
    [
      'a delegation to oneself',
      'stand in for themself',
      each('campaign-delegated', delegationWith({ to: 'rita' })),
    ],
    ['a delegation ended backwards', 'before that was said', delegationEnd('2026-11-18T08:00:00.000Z')],
    ['a decision of a stranger', 'none of its people', each('campaign-decision', decidedBy('mallory'))],
    [
      'a decision without a reason',
      'without the reason',
      each('campaign-decision', (payload) => ({ ...payload, decision: 'revoke', reason: ' ' })),
    ],
    [
      'a stage there is not',
      'stage there is not',
      each('campaign-decision', (one) => ({ ...one, stage: 2 })),
    ],
    [
      'a correction of nothing',
      'corrects a decision that there is not',
      each('campaign-decision', (payload) => ({ ...payload, supersedes: 'NOTHING' })),
    ],
    [
      'a correction of what stood no longer',
      'than the one that stood',
      (entries, id) => {
        const place = entries.findIndex(
          (entry) => isOf(id, 'campaign-decision')(entry) && entry.payload['supersedes'] !== null,
        );
        const { supersedes } = entries[place]!.payload;
        const third = withPayload(entries[place]!, { decision: 'certify', supersedes });
        return entries.toSpliced(place + 1, 0, { ...third, id: 'THIRD' });
      },
    ],
    [
      'the other side of a conflict corrected away',
      'than the one that stood',
      (entries, id) => {
        const { hers, his } = differing(entries, id);
        const rest = entries.filter((entry) => entry !== his);
        const away = { ...withPayload(hers, { supersedes: 'OTTO-1' }), id: 'AWAY' };
        return rest.toSpliced(rest.indexOf(hers) + 1, 0, { ...his, actor: 'rita' }, away);
      },
    ],
    [
      'a decision taken back by the file of somebody else',
      'what somebody else decided',
      (entries, id) => {
        const { hers, his } = differing(entries, id);
        return entries.map((entry) => (entry === his ? withPayload(entry, { supersedes: hers.id }) : entry));
      },
    ],
    [
      'a later stage before the one before it',
      'had not reached',
      (entries, id) => {
        const twice = entries.map((entry) => {
          const definition = entry.payload['definition'] as { stages: object[] } | undefined;
          if (entry.type !== 'campaign-defined' || !definition) return entry;
          const stages = [...definition.stages, ...definition.stages];
          return withPayload(entry, { definition: { ...definition, stages } });
        });
        return each('campaign-decision', (one) => ({ ...one, stage: 1 }))(twice, id);
      },
    ],
    [
      'a conflict closed before anybody differed',
      'before there was one',
      (entries, id) => {
        const closing = entries.find(isOf(id, 'campaign-conflict-closed'))!;
        const rest = entries.filter((entry) => entry !== closing);
        return rest.toSpliced(rest.indexOf(differing(entries, id).his), 0, closing);
      },
    ],
    [
      'a campaign begun again under the id of another',
      'defines what is no draft',
      (entries, id) => [...entries, { ...entries.find((entry) => entry.id === id)!, actor: 'adam' }],
    ],
    [
      'a campaign under an id that is to come',
      'defines what is no draft',
      (entries, id) =>
        entries.map((entry) => (entry.id === id ? withPayload(entry, { campaign: 'LATER' }) : entry)),
    ],
    [
      'a definition on the word of somebody else',
      'who did not review',
      (entries, id) => entries.map((entry) => (entry.id === id ? { ...entry, actor: 'mallory' } : entry)),
    ],
    ['one person as two of its people', 'opens it although two', adamIsOlga('campaign-opened')],
    [
      'a removal by whoever holds the right',
      'whoever holds a right',
      each('campaign-remediation', (one) => ({ ...one, owner: 'bob' })),
    ],
    [
      'a re-check of another database',
      'of another database',
      each('campaign-rechecked', (one) => ({ ...one, source: 'another' })),
    ],
    [
      'a conflict closed for a decision that is not in it',
      'was not in the conflict',
      each('campaign-conflict-closed', (payload) => ({ ...payload, stands: 'NOTHING' })),
    ],
    [
      'a conflict about one’s own right',
      'a right of one’s own',
      asReviewer('joe', 'campaign-conflict-closed'),
    ],
    [
      'a verified removal on somebody’s word',
      'only a re-check can say',
      each('campaign-remediation', (payload) => ({ ...payload, state: 'verified-removed' })),
    ],
    [
      'a check without a re-check',
      'without a re-check',
      each('campaign-remediation', (one) => ({ ...one, checkedAt: '2026-11-19T12:00:00.000Z' })),
    ],
    [
      'a remediation of nothing',
      'neither revoked nor modified',
      each('campaign-remediation', (payload) => ({ ...payload, item: 'f'.repeat(32) })),
    ],
    [
      'a re-check that leaves a right out',
      'does not answer for exactly',
      each('campaign-rechecked', (payload) => ({ ...payload, results: [] })),
    ],
    [
      'a right gone from a population of the same rights',
      'the very rights that were frozen',
      (entries, id) => {
        const { ipe } = entries.find(isOf(id, 'campaign-opened'))!.payload;
        return each('campaign-rechecked', (payload) => ({
          ...payload,
          ipe: { ...(payload['ipe'] as object), keysSha256: (ipe as { keysSha256: string }).keysSha256 },
          results: (payload['results'] as object[]).map((one) => ({ ...one, state: 'verified-removed' })),
        }))(entries, id);
      },
    ],
    [
      'more rights found than there are',
      'more rights than the later population holds',
      each('campaign-rechecked', (payload) => ({
        ...ipeWith({ items: 0 })(payload),
        results: (payload['results'] as object[]).map((one) => ({ ...one, state: 'still-present' })),
      })),
    ],
    ['a sample of somebody else', 'who did not review', each('campaign-sampled', asIs, 'mallory')],
    [
      'decisions by file under the name of somebody else',
      'otherwise than its definition',
      each('campaign-decision', (one) => (one['imported'] ? { ...one, reviewerName: 'Adam Approver' } : one)),
    ],
    [
      'an opening that hides behind items from elsewhere',
      'came as a file from elsewhere',
      (entries, id) => {
        const place = entries.findIndex(isOf(id, 'campaign-opened'));
        const opening = entries[place]!;
        const { definition } = entries.find(({ type }) => type === 'campaign-defined')!.payload;
        const payload = {
          campaign: id,
          definition,
          stage: 0,
          to: 'rita',
          dueOn: '2026-12-01',
          delegations: [],
          populationSha256: 'a'.repeat(64),
          fileName: 'a.zip',
          fileSha256: 'a'.repeat(64),
          items: 1,
          itemsFile: 'items.jsonl',
          itemsSha256: 'a'.repeat(64),
          accepted: null,
          byName: 'Olga Owner',
          signer: { fingerprint: 'SHA256:x', identity: null },
        };
        const taken: LedgerEntry = { ...opening, id: 'TAKEN', type: 'campaign-taken', payload };
        const forged = withPayload(opening, ipeWith({ countedRows: 99 })(opening.payload));
        return [...entries.slice(0, place), taken, forged, ...entries.slice(place + 1)];
      },
    ],
    [
      'a decision turned after all',
      'does not answer for exactly',
      (entries, id) =>
        refitted(
          each('campaign-decision', (payload) =>
            payload['decision'] === 'modify' ? { ...payload, decision: 'certify' } : payload,
          )(entries, id),
          id,
        ),
    ],
    [
      'a removal a population cannot show',
      'cannot show it',
      each('campaign-rechecked', ipeWith({ reservations: ['Rows may be hidden.'] })),
    ],
    ['a sample tested by whoever decided', 'what they decided', asReviewer('rita', 'campaign-sample-tested')],
    [
      'a test of an item that was not drawn',
      'was not drawn',
      each('campaign-sample-tested', (payload) => ({ ...payload, item: 'f'.repeat(32) })),
    ],
  ];
  test.each(forgeries)('%s', async (_, said, forge) => {
    const { entries, id } = await scene();
    expect(() => walk(forge(entries, id))).toThrow(said);
  });

  test('a delegation and a series that were ended are no forgery', async () => {
    const { entries, id } = await scene();
    const ended = delegationEnd('2026-11-19T23:00:00.000Z')(entries, id);
    walk(added('campaign-opened', 'campaign-series-ended', () => ({}))(ended, id));
  });

  test('the word of the only one who decided', async () => {
    const { entries, id } = await scene();
    const notOfOne = ['campaign-imported', 'campaign-conflict-closed', 'campaign-sample-tested'];
    const alone = entries.filter((entry) => entry.payload['imported'] === undefined);
    const rest = alone.filter(({ type }) => !notOfOne.includes(type));
    const hers = each('campaign-decision', (payload) => ({ ...payload, ofRecord: 'olga' }))(rest, id);
    const known = states('adam', 'rita', 'campaign-closed')(rest, id);
    expect(() => walk(refitted(known, id))).toThrow('closes it on the word of the only one');
    expect(() => walk(refitted(asReviewer('olga', 'campaign-decision')(hers, id), id))).toThrow(
      'the only one who decided',
    );
  });
});
