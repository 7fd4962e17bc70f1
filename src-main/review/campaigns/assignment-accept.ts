// Takes up the items somebody handed over as a file: from then on they are decided here, by the same rules as anywhere.
import { mkdir } from 'node:fs/promises';
import type { AcceptedAssignment, AcceptedKey, AssignmentStatement } from '#shared/model/campaign-files.ts';
import { campaignItem, type CampaignItem } from '#shared/model/campaign.ts';
import type { campaignTakenPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import type { z } from 'zod';
import { canonicalJson } from '../../evidence/entry-hash.ts';
import { parseJsonLine } from '../../evidence/json-lines.ts';
import { isSamePerson } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { LedgerState } from '../projection.ts';
import { assignmentKind } from './assignment-kinds.ts';
import { withTravelling, type OpenedTravelling } from './assignment-open.ts';
import type { TravelTrust } from './assignment-signer.ts';
import { writeTakenEvidence } from './assignment-evidence.ts';
import { unwatchedTravel, type TravelWatch } from './assignment-watch.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { sideBySide } from './difference.ts';
import { campaignFolder, frozenFileOf, readFrozenFile } from './frozen-file.ts';
import { frozenWriter, type FrozenSummary } from './frozen-writer.ts';
import type { ImportPlace } from './import-decisions.ts';
import { itemKey } from './item-digest.ts';
import { itemLine } from './item-line.ts';
import { definitionHash } from './open-campaign.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

export type AcceptRequest = {
  readonly path: string;
  readonly fileName: string;
  readonly trust: TravelTrust;
  readonly accept: AcceptedKey | null;
};

type Opened = OpenedTravelling<AssignmentStatement>;

/**
 * Takes up an assignment in the workspace of whoever it is for. The same file twice is taken up once; a later file of the same
 * campaign adds its items to those that are here.
 * @throws Problem `file-unreadable` or `refused`; nothing is recorded then
 */
export function acceptAssignment(
  place: ImportPlace,
  request: AcceptRequest,
  watch: TravelWatch = unwatchedTravel,
): Promise<AcceptedAssignment> {
  const { ledger } = place;
  const accept = (sha256: string) => request.accept ?? acceptedBefore(ledger.state(), sha256);
  const options = { trust: request.trust, accept, watch };
  return withTravelling(request.path, assignmentKind, options, async (opened) => {
    const { sha256 } = opened;
    const record = requireForHere(ledger.state(), opened.statement);
    const known = record?.taken.find(({ fileSha256 }) => fileSha256 === sha256);
    if (record && known) return reportOf(opened, record.taken.at(-1)!.items, true);
    const written = await writeItems(place, record, opened, watch, (summary, publish) => {
      ledger.append((state) => {
        const now = requireForHere(state, opened.statement);
        if (now?.revision !== record?.revision) throw meanwhile();
        const act = takenAct(state, request.fileName, opened, summary);
        publish();
        return [act];
      });
    });
    return reportOf(opened, written.items, false);
  });
}

function acceptedBefore(state: LedgerState, sha256: string): AcceptedKey | null {
  for (const { taken } of state.campaigns.byId.values()) {
    const earlier = taken.find(({ fileSha256, accepted }) => fileSha256 === sha256 && accepted !== null);
    if (earlier) return { fingerprint: earlier.signer.fingerprint, reason: earlier.accepted! };
  }
  return null;
}

/** The campaign as far as it is here; null where this is the first of it. @throws Problem `refused` */
function requireForHere(state: LedgerState, statement: AssignmentStatement): CampaignRecord | null {
  const { campaign, definition, definitionSha256, populationSha256, to, stage } = statement;
  const reviewer = requireReviewer(state);
  const identities = campaignIdentities(state.independence.identities, definition);
  if (!isSamePerson(identities, reviewer.id, to.id))
    throw refused(
      `These items are for ${to.name}, and this is the workspace of ${reviewer.name}.`,
      'Give the file to whom it is for.',
    );
  if (definitionHash(definition) !== definitionSha256 || stage >= definition.stages.length)
    throw refused('The definition of the campaign in this file is not the one it names.', askAgain);
  const record = state.campaigns.byId.get(campaign) ?? null;
  if (record === null) return null;
  if (record.opened !== null || record.taken.length === 0)
    throw refused(
      'This workspace has the campaign itself.',
      'Decide its items here; a file is for the workspaces of others.',
    );
  if (
    definitionHash(record.definition) !== definitionSha256 ||
    record.taken.some((earlier) => earlier.populationSha256 !== populationSha256)
  )
    throw refused(
      'Items of this campaign are here already, with another definition or population.',
      askAgain,
    );
  return record;
}

const askAgain = 'Ask the owner of the campaign for the file once more.';

const refused = (what: string, next: string): Problem =>
  new Problem('refused', `${what} Nothing was taken from this file.`, { next });

const meanwhile = (): Problem =>
  new Problem(
    'conflict',
    'Something else was recorded about this campaign meanwhile. Nothing was taken from this file.',
    {
      next: 'Take it up again.',
    },
  );

type Written = FrozenSummary & { readonly file: string };
type WrittenItems = Written & { readonly evidence: Written | null };

/** The items of this file, and with them those that are here from earlier files of the same stage. */
async function writeItems(
  { workspace }: ImportPlace,
  record: CampaignRecord | null,
  opened: Opened,
  watch: TravelWatch,
  put: (written: WrittenItems, publish: () => void) => void,
): Promise<WrittenItems> {
  const folder = campaignFolder(workspace, opened.statement.campaign);
  const nameOf = (what: string) => `${what}-${opened.sha256.slice(0, 16)}.jsonl`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const writer = await frozenWriter(folder, nameOf('items'));
  const beside = await frozenWriter(folder, nameOf('evidence'));
  try {
    const isSameStage = record?.taken.at(-1)?.stage === opened.statement.stage;
    const earlierFile = isSameStage ? record : null;
    const here = earlierFile === null ? [] : itemsHere(workspace, earlierFile);
    for await (const { key, earlier, later } of sideBySide(here, itemsIn(opened, watch))) {
      if (earlier && later && canonicalJson(earlier) !== canonicalJson(later))
        throw refused('An item of it is here already and says something else.', askAgain);
      writer.add(key, itemLine((later ?? earlier)!));
      if (writer.isFull()) await writer.flush();
    }
    await writeTakenEvidence(beside, { workspace, earlier: earlierFile }, opened, watch);
    const [items, evidence] = [await writer.end(), await beside.end()];
    const written = {
      ...items,
      file: nameOf('items'),
      evidence: evidence.items === 0 ? null : { ...evidence, file: nameOf('evidence') },
    };
    watch.signal.throwIfAborted();
    put(written, () => {
      if (written.evidence !== null) beside.publish();
      writer.publish();
    });
    return written;
  } finally {
    await writer.discard();
    await beside.discard();
  }
}

async function* itemsHere(
  workspace: string,
  record: CampaignRecord,
): AsyncGenerator<readonly CampaignItem[]> {
  for await (const lines of readFrozenFile(frozenFileOf(workspace, record)))
    yield lines.map(({ item }) => item);
}

/** @throws Problem where an item is not what its key says, or they are not in order */
async function* itemsIn(
  { statement, rows }: Opened,
  { signal, progress }: TravelWatch,
): AsyncGenerator<readonly CampaignItem[]> {
  let [count, last] = [0, ''];
  for await (const lines of rows()) {
    signal.throwIfAborted();
    const items = lines.map(({ text, where }) => {
      const item = parseJsonLine(text, where, campaignItem);
      if (item.key !== itemKey(item.subject, item.entitlement, item.resource) || item.key <= last)
        throw refused(`${where} does not have the key of its item, or is out of order.`, askAgain);
      last = item.key;
      return item;
    });
    count += items.length;
    progress('Taking up the items', count, statement.items, 'items');
    yield items;
  }
  if (count !== statement.items)
    throw refused(`It holds ${count} items and says ${statement.items}.`, askAgain);
}

function takenAct(state: LedgerState, fileName: string, opened: Opened, written: WrittenItems) {
  const { statement, signer, sha256 } = opened;
  const reviewer = requireReviewer(state);
  const payload: z.input<typeof campaignTakenPayload> = {
    campaign: statement.campaign,
    stage: statement.stage,
    to: statement.to.id,
    definition: statement.definition,
    populationSha256: statement.populationSha256,
    dueOn: statement.dueOn,
    delegations: statement.delegations,
    fileName: fileName.toWellFormed(),
    fileSha256: sha256,
    itemsFile: written.file,
    itemsSha256: written.sha256,
    items: written.items,
    ...(written.evidence && { evidence: keptEvidence(written.evidence) }),
    signer: { fingerprint: signer.fingerprint, identity: signer.identity },
    accepted: signer.accepted,
    byName: reviewer.name,
  };
  return { type: 'campaign-taken' as const, subject: statement.campaign, actor: reviewer.id, payload };
}

const keptEvidence = ({ file, sha256, items }: Written) => ({ file, sha256, items });

function reportOf(
  { statement, sha256, signer }: Opened,
  allItems: number,
  isKnown: boolean,
): AcceptedAssignment {
  const { campaign, definition, stage, to, by, items, dueOn, populationSha256 } = statement;
  return {
    campaign,
    name: definition.name,
    stage,
    to,
    by,
    items,
    allItems,
    dueOn,
    populationSha256,
    fileSha256: sha256,
    signer: { fingerprint: signer.fingerprint, identity: signer.identity },
    isKnown,
  };
}
