// Takes up the items somebody handed over as a file: from then on they are decided here, by the same rules as anywhere.
import type { AcceptedAssignment, AcceptedKey, AssignmentStatement } from '#shared/model/campaign-files.ts';
import type { campaignTakenPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import type { z } from 'zod';
import { isSamePerson } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { LedgerState } from '../projection.ts';
import { askAgain, refused, writeItems, type Written, type WrittenItems } from './assignment-items.ts';
import { assignmentKind } from './assignment-kinds.ts';
import { withTravelling, type OpenedTravelling } from './assignment-open.ts';
import { acceptedBefore, type TravelTrust } from './assignment-signer.ts';
import { unwatchedTravel, type TravelWatch } from './assignment-watch.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { assertFrozen, frozenFileOf } from './frozen-file.ts';
import type { ImportPlace } from './import-decisions.ts';
import { definitionHash } from './open-campaign.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { takenEvidenceFile } from './taken-evidence.ts';

export type AcceptRequest = {
  readonly path: string;
  readonly fileName: string;
  readonly trust: TravelTrust;
  readonly accept: AcceptedKey | null;
};

type Opened = OpenedTravelling<AssignmentStatement>;

/**
 * Takes up an assignment in the workspace of whoever it is for. The same file twice is taken up once, and puts back what was lost of
 * it here; a later file of the same campaign adds its items to those that are here.
 * @throws Problem `file-unreadable` or `refused`; nothing is recorded then
 */
export function acceptAssignment(
  place: ImportPlace,
  request: AcceptRequest,
  watch: TravelWatch = unwatchedTravel,
): Promise<AcceptedAssignment> {
  const { ledger } = place;
  const accept = (sha256: string) =>
    request.accept ?? acceptedBefore(ledger.state(), sha256, ({ taken }) => taken);
  const options = { trust: request.trust, accept, watch };
  return withTravelling(request.path, assignmentKind, options, async (opened) => {
    const { sha256 } = opened;
    const record = requireForHere(ledger.state(), opened.statement);
    const known = record?.taken.find(({ fileSha256 }) => fileSha256 === sha256);
    if (record && known) {
      await putBack(place, record, record.taken.indexOf(known), opened, watch);
      return reportOf(opened, record.taken.at(-1)!.items, true);
    }
    const written = await writeItems(place.workspace, record, opened, watch, (summary, publish) => {
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

const meanwhile = (): Problem =>
  new Problem(
    'conflict',
    'Something else was recorded about this campaign meanwhile. Nothing was taken from this file.',
    {
      next: 'Take it up again.',
    },
  );

/**
 * Writes what was taken up from a file before anew, where it is lost or was changed since; the hashes on record say whether it is the same.
 * @throws Problem `refused`, or as {@link writeItems} where earlier files have to be taken up again first
 */
async function putBack(
  { workspace }: ImportPlace,
  record: CampaignRecord,
  index: number,
  opened: Opened,
  watch: TravelWatch,
): Promise<void> {
  const upTo = (count: number): CampaignRecord => ({ ...record, taken: record.taken.slice(0, count) });
  if (await isWhole(workspace, upTo(index + 1))) return;
  const { itemsSha256, evidence } = record.taken[index]!;
  await writeItems(workspace, index === 0 ? null : upTo(index), opened, watch, (written, publish) => {
    if (written.sha256 !== itemsSha256 || written.evidence?.sha256 !== evidence?.sha256)
      throw refused('Its items are not those that were taken up from it.', askAgain);
    publish();
  });
}

async function isWhole(workspace: string, record: CampaignRecord): Promise<boolean> {
  const evidence = takenEvidenceFile(workspace, record);
  try {
    await assertFrozen(frozenFileOf(workspace, record));
    if (evidence !== null) await assertFrozen(evidence);
    return true;
  } catch (error) {
    if (error instanceof Problem && ['store-damaged', 'file-unreadable'].includes(error.code)) return false;
    throw error;
  }
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
