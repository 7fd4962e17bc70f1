// Judges a file of decisions before anything is recorded: a walk through it that keeps little of each, and lets others have their turn.
import { setImmediate as turn } from 'node:timers/promises';
import type { DecisionsStatement, RefusedDecision } from '#shared/model/campaign-files.ts';
import type { CampaignPerson } from '#shared/model/campaign.ts';
import { campaignDecisionPayload, type CampaignDecisionPayload } from '#shared/model/campaign-entries.ts';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseJsonLine, type TextLine } from '../../evidence/json-lines.ts';
import { foldIdentity } from '../aliases.ts';
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
  const scene: MergeScene = { record, identities, reviewer: person.id };
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
  return { person, ...tally.end(), countConflicts: () => countDisputes(disputes) };
}

async function countDisputes({ keys, isDisputed }: DisputeFinder): Promise<number> {
  let [looked, disputed] = [0, 0];
  for (const key of keys()) {
    if (isDisputed(key)) disputed += 1;
    looked += 1;
    if (looked % keysAtOnce === 0) await turn();
  }
  return disputed;
}

/** @throws Problem `refused` where an entry is of somebody else, or about something else, than the file says */
function readOffered(statement: DecisionsStatement, { text, where }: TextLine): OfferedDecision {
  const entry = parseJsonLine(text, where, ledgerEntry);
  const payload = payloadOf(entry.payload);
  if (entry.type !== 'campaign-decision' || payload === null || payload.imported !== undefined)
    throw contradicts(`${where} is no decision of the reviewer’s own ledger.`);
  if (payload.campaign !== statement.campaign) throw contradicts(`${where} is about another campaign.`);
  if (foldIdentity(entry.actor) !== foldIdentity(statement.reviewer.id))
    throw contradicts(`${where} was decided by somebody else than the file says.`);
  return { id: entry.id, actor: entry.actor, decidedAt: entry.wall_time, payload };
}

const payloadOf = (payload: unknown): CampaignDecisionPayload | null =>
  campaignDecisionPayload.safeParse(payload).data ?? null;

const contradicts = (detail: string): Problem =>
  new Problem('refused', `This file contradicts itself, so nothing was taken from it. ${detail}`, {
    next: 'Ask whoever sent it to export it again.',
  });

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
      if (fate.fate === 'new') added += 1;
      else if (fate.fate === 'refused') refused.push(refusedDecision(fate));
    },
    end: () => {
      const known = verdicts.length - added - refused.length;
      return { verdicts, grounds, added, known, refused };
    },
  };
}

const refusedDecision = ({
  decision,
  isSelfReview,
  why,
}: Extract<Fate, { fate: 'refused' }>): RefusedDecision => ({
  decision: decision.id,
  item: decision.payload.item,
  subject: decision.payload.subject,
  entitlement: decision.payload.entitlement,
  kind: decision.payload.decision,
  isSelfReview,
  why,
});
