// Judges a file of decisions before anything is recorded: a walk through it that keeps little of each, and lets others have their turn.
import { setImmediate as turn } from 'node:timers/promises';
import type { DecisionsStatement, RefusedDecision, RemarkedDecision } from '#shared/model/campaign-files.ts';
import type { CampaignPerson } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import type { TextLine } from '../../evidence/json-lines.ts';
import { foldIdentity, type Identities } from '../aliases.ts';
import type { LedgerState } from '../projection.ts';
import type { OpenedTravelling } from './assignment-open.ts';
import type { TravelWatch } from './assignment-watch.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { signingReviewer } from './import-signer.ts';
import { itemDigest } from './item-digest.ts';
import { readItems, type ItemStore } from './item-index.ts';
import {
  decisionJudge,
  disputeFinder,
  knownItem,
  type DisputeFinder,
  type Fate,
  type KnownItem,
  type MergeScene,
  type OfferedDecision,
} from './merge.ts';
import { contradicts, readOffered } from './offered-decision.ts';
import { isOwnItem } from './own-names.ts';
import { possibleTimes } from './possible-times.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

export type OpenedDecisions = OpenedTravelling<DecisionsStatement>;

/** Whose item it is by rule, and why; the same for very many items. */
export type Ground = { readonly ofRecord: string; readonly because: string };

export type Judged = {
  readonly person: CampaignPerson;
  /** Of each decision in the order of the file: the number of its ground where it is new, {@link notNew} elsewhere. */
  readonly verdicts: readonly number[];
  readonly grounds: readonly Ground[];
  readonly added: number;
  readonly known: number;
  readonly refused: readonly RefusedDecision[];
  /** Taken over, but to be asked about. */
  readonly remarks: readonly RemarkedDecision[];
  /** Other names the file states that were neither known nor on record here. */
  readonly alsoKnownAs: readonly string[];
  /** Counts the items of the file that people have now decided differently, by what is on record when it is called. */
  readonly countConflicts: () => Promise<number>;
};

export const notNew = -1;

const linesAtOnce = 100;
const keysAtOnce = 2_000;

/** The lines of a file in pieces small enough to be worked on at once. */
export async function* inPieces({
  rows,
}: Pick<OpenedDecisions, 'rows'>): AsyncGenerator<readonly TextLine[]> {
  for await (const lines of rows())
    for (let start = 0; start < lines.length; start += linesAtOnce)
      yield lines.slice(start, start + linesAtOnce);
}

/**
 * Judges every decision of a file by what is on record now.
 * @throws Problem `refused` for a file that contradicts itself, `store-damaged` for a population that was changed
 */
export async function judgeFile(
  store: ItemStore,
  state: LedgerState,
  record: CampaignRecord,
  opened: OpenedDecisions,
  { signal, progress }: TravelWatch,
): Promise<Judged> {
  const { statement, signer } = opened;
  const identities = campaignIdentities(state.independence.identities, record.definition);
  const person = signingReviewer(record.definition, identities, statement, signer.identity);
  if (!statement.assignments.some((sha256) => isHandedOut(record, sha256))) throw notHandedOut();
  const ownNames = namesIn(statement);
  const possible = possibleTimes(record, statement);
  const scene: MergeScene = { record, identities, reviewer: person.id, ownNames, possible };
  const [judge, disputes, tally] = [decisionJudge(scene), disputeFinder(scene), verdictTally()];
  for await (const lines of inPieces(opened)) {
    signal.throwIfAborted();
    const offered = lines.map((line) => readOffered(statement, line));
    const items = await itemsOf(store, record, offered);
    for (const decision of offered) {
      const item = items.get(decision.payload.item);
      const fate = judge(decision, item);
      if (item) disputes.add(fate, item);
      tally.add(fate);
    }
    progress('Checking the decisions', tally.verdicts.length, statement.decisions, 'decisions');
    await turn();
  }
  if (tally.verdicts.length !== statement.decisions)
    throw contradicts(`It holds ${tally.verdicts.length} decisions and says ${statement.decisions}.`);
  const alsoKnownAs = newNames(record, identities, person, ownNames);
  return { person, alsoKnownAs, ...tally.end(), countConflicts: () => countDisputes(disputes) };
}

/** In their own workspace a reviewer may go by another id, too. */
const namesIn = ({ alsoKnownAs = [], reviewer: { id } }: DecisionsStatement): string[] => [
  ...alsoKnownAs,
  id,
];

const newNames = (
  record: CampaignRecord,
  identities: Identities,
  { id }: CampaignPerson,
  names: readonly string[],
): string[] => [
  ...new Set(
    names.map(foldIdentity).filter((name) => name !== '' && !isOwnItem(record, identities, id, name)),
  ),
];

const isHandedOut = ({ assigned }: CampaignRecord, sha256: string): boolean =>
  assigned.some(({ fileSha256 }) => fileSha256 === sha256);

/** Somebody else may have made the items, with evidence of their own choice beside them. */
const notHandedOut = (): Problem =>
  new Problem(
    'refused',
    'These decisions are on a file of items that was not handed out from this workspace. Nothing was taken from this file.',
    { next: 'Hand the items out again; whoever takes that file up can hand back what they decided.' },
  );

async function countDisputes({ keys, isDisputed }: DisputeFinder): Promise<number> {
  let [looked, disputed] = [0, 0];
  for (const key of keys()) {
    if (isDisputed(key)) disputed += 1;
    looked += 1;
    if (looked % keysAtOnce === 0) await turn();
  }
  return disputed;
}

async function itemsOf(
  store: ItemStore,
  record: CampaignRecord,
  offered: readonly OfferedDecision[],
): Promise<ReadonlyMap<string, KnownItem>> {
  const keys = offered.map(({ payload }) => payload.item);
  const found = await readItems(store, record, keys);
  return new Map([...found].map(([key, item]) => [key, knownItem(item, itemDigest(record, item))]));
}

/** Gathers what became of the decisions; of a new one only the number of its ground. */
function verdictTally() {
  const verdicts: number[] = [];
  const grounds: Ground[] = [];
  const numbers = new Map<string, number>();
  const refused: RefusedDecision[] = [];
  const remarks: RemarkedDecision[] = [];
  let added = 0;
  const numberOf = ({ ofRecord, because }: Ground): number => {
    const name = `${ofRecord}\0${because}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, grounds.length);
    return grounds.push({ ofRecord, because }) - 1;
  };
  return {
    verdicts,
    add: (fate: Fate) => {
      verdicts.push(fate.fate === 'new' ? numberOf(fate) : notNew);
      if (fate.fate === 'new' && fate.remark !== null)
        remarks.push({ ...namedDecision(fate.decision), why: fate.remark });
      if (fate.fate === 'new') added += 1;
      else if (fate.fate === 'refused') refused.push(refusedDecision(fate));
    },
    end: () => {
      const known = verdicts.length - added - refused.length;
      return { verdicts, grounds, added, known, refused, remarks };
    },
  };
}

const refusedDecision = ({
  decision,
  isSelfReview,
  why,
}: Extract<Fate, { fate: 'refused' }>): RefusedDecision => ({
  ...namedDecision(decision),
  isSelfReview,
  why,
});

const namedDecision = ({ id: decision, payload }: OfferedDecision) => ({
  decision,
  item: payload.item,
  subject: payload.subject,
  entitlement: payload.entitlement,
  kind: payload.decision,
});
