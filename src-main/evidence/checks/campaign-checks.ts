// Checks the access reviews of a pack: each campaign is what the ledger adds up to, and closed on the word of two people.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { CampaignsSaid, PackSpan } from '#shared/model/pack-campaigns.ts';
import { reviewer } from '#shared/model/reviewer.ts';
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import { applyCampaignEntry } from '../../review/campaigns/apply-campaign-entry.ts';
import { emptyCampaigns } from '../../review/campaigns/campaign-state.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { applyIndependence, emptyIndependence } from '../../review/independence-state.ts';
import { sha256Hex } from '../digest.ts';
import { canonicalJson } from '../entry-hash.ts';
import { ledgerPart } from '../pack-contents.ts';
import {
  campaignLineOf,
  isWished,
  leftOutOf,
  openedCampaigns,
  type CampaignLine,
  type OpenedCampaign,
} from '../parts/campaign-lines.ts';
import { campaignItemsPart, campaignsPart } from '../parts/campaign-part.ts';
import { assertedIn } from './campaign-assertions.ts';
import { borrowedNames, doubtOfNames } from './borrowed-names.ts';
import { hollowRechecks } from './campaign-follow-up-checks.ts';
import { checkDailyReview } from './daily-review-checks.ts';
import { knownPeople } from './known-people.ts';
import { timesTurnedBack } from './times-turned-back.ts';
import { unsignedWords } from './unsigned-words.ts';
import { checkCampaignAct, reckonBeforeAct, type PeopleThen } from './campaign-act-checks.ts';
import { checkImports } from './campaign-import-checks.ts';
import { populationsCheck, tampered } from './campaign-population-checks.ts';
import { numberOf } from '../report/visible-text.ts';
import { failCheck } from './check.ts';
import type { CheckedCampaigns } from './returned-checks.ts';
import { inTurns, workQueue } from './work-queue.ts';
import { take, type Watcher } from './watcher.ts';

type Reserve = (sentence: string) => void;

const named = reviewer.pick({ id: true, name: true });

/** What the ledger says about campaigns, entry by entry. */
function campaignsOfLedger() {
  const state = emptyCampaigns();
  const independence = emptyIndependence();
  const turnedBack = timesTurnedBack();
  const borrowed = borrowedNames();
  const people = knownPeople();
  let earlyDays = 0;
  let present: PeopleThen['reviewer'] = null;
  return {
    add: function* (entry: LedgerEntry): Generator<undefined, void> {
      applyIndependence(independence, entry);
      if (entry.type === 'reviewer-changed') present = named.safeParse(entry.payload).data ?? null;
      turnedBack.add(entry);
      borrowed.add(state, independence.identities, entry);
      if (checkDailyReview({ reviewer: present }, entry)) earlyDays += 1;
      yield* reckonBeforeAct(state, independence, entry);
      checkCampaignAct(state, { identities: independence.identities, reviewer: present }, entry);
      applyCampaignEntry(state, entry);
      people.add(state, independence.identities, entry);
    },
    opened: () => openedCampaigns(state),
    identities: () => independence.identities,
    whoIsWhom: () => ({ identities: independence.identities, knownAt: people.at }),
    earlyDays: () => earlyDays,
    turnedBack: turnedBack.found,
    borrowed: borrowed.of,
  };
}

/** What is said of what people did without the pack being wrong. */
function* doubtsOf(record: OpenedCampaign, identities: Identities): Generator<undefined, string[]> {
  const { name, people } = record.definition;
  const strangers = [...record.conflictClosings.values()].filter(
    ({ by }) => !people.some(({ id }) => isSamePerson(identities, id, by)),
  ).length;
  const unsigned = yield* unsignedWords(record, identities);
  const hollow = hollowRechecks(record);
  return [
    ...(strangers === 0
      ? []
      : [
          `${numberOf(strangers, 'conflict', 'conflicts')} of the campaign “${name}” ${strangers === 1 ? 'was' : 'were'} closed by somebody who is none of its people.`,
        ]),
    ...(unsigned === 0
      ? []
      : [
          `${numberOf(unsigned, 'decision', 'decisions')} of the campaign “${name}” ${unsigned === 1 ? 'says' : 'say'} otherwise than the reviewer signed in a file, and no signature of theirs shows that they changed their mind.`,
        ]),
    ...(hollow === 0
      ? []
      : [
          `${numberOf(hollow, 're-check', 're-checks')} of the campaign “${name}” ${hollow === 1 ? 'calls' : 'call'} rights gone by a later population too small to show it.`,
        ]),
  ];
}

function doubtOfTimes(entries: readonly number[]): string[] {
  const [first] = entries;
  return first === undefined
    ? []
    : [
        `${numberOf(entries.length, 'entry', 'entries')} of the ledger about campaigns or daily reviews ${entries.length === 1 ? 'is' : 'are'} of an earlier time than what stands before, the first of them entry ${first}, and no clock that was set back is on record.`,
      ];
}

const doubtOfDays = (early: number): string[] =>
  early === 0
    ? []
    : [
        `${numberOf(early, 'daily review is', 'daily reviews are')} of a time before the day was over, by a clock of which nobody knew how far it was off.`,
      ];

/** The definition that was opened, and who closed it on whose word. */
function* checkCourse(
  record: OpenedCampaign,
  line: CampaignLine,
  known: Identities,
  reserve: Reserve,
): Generator<undefined, void> {
  const { definition, opened, closed, attestations } = record;
  if (sha256Hex(canonicalJson(definition)) !== opened.definitionSha256)
    tampered(record, 'its definition is not the one that was opened');
  yield* checkImports(record, reserve);
  (yield* doubtsOf(record, campaignIdentities(known, definition))).forEach(reserve);
  if (closed === null) return;
  // That they attested what stood when it was closed is checked with the acts themselves.
  const [owner, approver] = [attestations.get('owner')?.by ?? '', attestations.get('approver')?.by ?? ''];
  if (owner === approver) tampered(record, 'one person attested it as owner and as approver');
  if (isSamePerson(campaignIdentities(known, definition), owner, approver))
    reserve(
      `Owner and approver of the campaign “${definition.name}” are one person, as is known by the end of the ledger.`,
    );
  if (line.outcomesSha256 !== closed.outcomesSha256)
    reserve(
      `What stands of the campaign “${definition.name}” is not what was attested when it was closed, because of what is known since about who is whom.`,
    );
}

/** A pack says which campaigns of its ledger it holds, and by which choice; absent where the ledger opens none. */
export type CampaignsClaim = {
  readonly said: CampaignsSaid | undefined;
  readonly span: PackSpan;
};

/** Which campaigns a pack has to hold, by what it says. */
function expectedCampaigns(
  opened: readonly OpenedCampaign[],
  { said, span }: CampaignsClaim,
): readonly OpenedCampaign[] {
  if (said === undefined) {
    if (opened.length === 0) return [];
    return failCheck('tampered', 'The statement does not say which campaigns of the ledger are in the pack.');
  }
  const left = new Set(said.leftOut.map(({ campaign }) => campaign));
  const packed = opened.filter(({ id }) => !left.has(id));
  if (opened.length === 0 || canonicalJson(said.leftOut) !== canonicalJson(leftOutOf(opened, packed)))
    failCheck('tampered', 'The campaigns the statement leaves out are not campaigns of the ledger.');
  const { choice } = said;
  const ids = packed.map(({ id }) => id);
  const wish = choice === 'chosen' ? { choice, campaigns: ids } : { choice };
  if (opened.some((record) => isWished(record, wish, span) !== packed.includes(record)))
    failCheck('tampered', `Other campaigns are left out than the choice “${choice}” says.`);
  if (choice === 'chosen' && packed.length === 0)
    failCheck('tampered', 'The statement says that campaigns were chosen, and leaves out all of them.');
  return packed;
}

const numberOfCampaigns = (count: number): string => `${count} ${count === 1 ? 'campaign' : 'campaigns'}`;

/** Keeps the entries about campaigns, and of one with samples the keys of its items. */
export function watchCampaigns(claim: CampaignsClaim, reserve: Reserve): Watcher & CheckedCampaigns {
  const ledger = campaignsOfLedger();
  let expected: readonly OpenedCampaign[] | null = null;
  const packed = () => (expected ??= expectedCampaigns(ledger.opened(), claim));
  const populations = populationsCheck(packed, ledger.whoIsWhom, reserve);
  let lines = 0;
  const work = workQueue();
  const checkLine = function* (line: CampaignLine, number: number): Generator<undefined, void> {
    lines = number;
    const record = packed()[number - 1];
    if (record === undefined)
      failCheck(
        'tampered',
        'campaigns.jsonl names a campaign that the ledger does not open, or the statement leaves out.',
      );
    if (canonicalJson(line) !== canonicalJson(yield* campaignLineOf(record, ledger.identities())))
      tampered(record, 'campaigns.jsonl does not say what the ledger adds up to');
    yield* checkCourse(record, line, ledger.identities(), reserve);
    doubtOfNames(record.definition, ledger.borrowed(record.id)).forEach(reserve);
  };
  return {
    name: 'campaigns',
    packed,
    identities: ledger.identities,
    takes: [
      take(ledgerPart, ({ entry }) => work.add(ledger.add(entry))),
      take(campaignsPart, (line, number) => work.add(checkLine(line, number))),
      take(campaignItemsPart, (line) => work.add(populations.add(line))),
    ],
    settle: work.settle,
    end: async () => {
      await work.settle();
      const { length } = packed();
      const items = await inTurns(populations.end());
      if (lines !== length) failCheck('tampered', 'campaigns.jsonl leaves out a campaign of the ledger.');
      doubtOfTimes(ledger.turnedBack()).forEach(reserve);
      doubtOfDays(ledger.earlyDays()).forEach(reserve);
      const left = ledger.opened().length - length;
      if (length + left === 0) return 'No campaign was opened in this workspace.';
      const leftOut = left === 0 ? '' : ` Left out, as the statement says: ${numberOfCampaigns(left)}.`;
      if (length === 0) return `The pack holds no campaign.${leftOut}`;
      return `${numberOfCampaigns(length)} with ${numberOf(items, 'item', 'items')}: populations as frozen, every decision on what was shown, counts, attestations and samples recomputed.${leftOut}${assertedIn(packed())}`;
    },
  };
}
