// Looks at a file from another workspace before anything is taken from it: what it is, whose it is, and whether its key is believed.
import type { LookedAtFile } from '#shared/model/campaign-file-views.ts';
import type { AssignmentStatement, DecisionsStatement } from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import { parseJsonFile } from '../../evidence/json-lines.ts';
import { archivedFile, readWhole } from '../../evidence/pack-archive.ts';
import { isSamePerson } from '../aliases.ts';
import type { LedgerState } from '../projection.ts';
import { withTravelArchive } from './assignment-archive.ts';
import { assignmentKind, decisionsKind } from './assignment-kinds.ts';
import { withTravelling, type OpenOptions } from './assignment-open.ts';
import type { TravelTrust } from './assignment-signer.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

const largestStatementBytes = 2 ** 25;

/**
 * Checks everything a file is refused for, but for what only this workspace’s ledger could say about it.
 * @throws Problem `file-unreadable` or `refused`, also for a key that no word of a person could help
 */
export async function lookAtFile(
  path: string,
  trust: TravelTrust,
  state: LedgerState,
): Promise<LookedAtFile> {
  const claim = await claimIn(path);
  try {
    return await lookAs(path, claim.kind, { trust, accept: () => null }, state, 'vouched');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // Only a key about which nothing is known is taken on a person's word: then this goes through.
    const accept = () => ({ fingerprint: claim.fingerprint, reason: 'looked at' });
    return lookAs(path, claim.kind, { trust, accept }, state, 'unknown');
  }
}

type Kind = LookedAtFile['kind'];

function lookAs(
  path: string,
  kind: Kind,
  options: OpenOptions,
  state: LedgerState,
  standing: LookedAtFile['standing'],
): Promise<LookedAtFile> {
  if (kind === 'assignment')
    return withTravelling(path, assignmentKind, options, ({ statement, sha256, signer }) =>
      Promise.resolve({ ...ofAssignment(statement, state), sha256, signer: shownSigner(signer), standing }),
    );
  return withTravelling(path, decisionsKind, options, ({ statement, sha256, signer }) =>
    Promise.resolve({ ...ofDecisions(statement, state), sha256, signer: shownSigner(signer), standing }),
  );
}

const shownSigner = ({ fingerprint, identity }: LookedAtFile['signer']) => ({ fingerprint, identity });

const ofAssignment = (statement: AssignmentStatement, state: LedgerState) => ({
  kind: 'assignment' as const,
  madeAt: statement.madeAt,
  campaign: statement.campaign,
  name: statement.definition.name,
  by: statement.by,
  to: statement.to,
  isForOther: isForOther(statement, state),
  stage: statement.stage,
  dueOn: statement.dueOn,
  count: statement.items,
});

function isForOther(
  { definition, to }: AssignmentStatement,
  { reviewer, independence }: LedgerState,
): boolean {
  if (reviewer === null) return false;
  return !isSamePerson(campaignIdentities(independence.identities, definition), reviewer.id, to.id);
}

const ofDecisions = (statement: DecisionsStatement, { campaigns }: LedgerState) => ({
  kind: 'decisions' as const,
  madeAt: statement.madeAt,
  campaign: statement.campaign,
  name: campaigns.byId.get(statement.campaign)?.definition.name ?? null,
  by: statement.reviewer,
  to: null,
  isForOther: false,
  stage: null,
  dueOn: null,
  count: statement.decisions,
});

/** What a file says it is and was signed with; nothing of it is believed yet. @throws Problem `file-unreadable` */
function claimIn(path: string): Promise<{ kind: Kind; fingerprint: string }> {
  return withTravelArchive(path, async (archive) => {
    if (archive === null) throw otherThing();
    const { files } = archive;
    const kind = ([assignmentKind, decisionsKind] as const).find(({ statementFile }) =>
      files.has(statementFile),
    );
    if (kind === undefined) throw otherThing();
    const { statementFile } = kind;
    const bytes = await readWhole(archivedFile(files, statementFile), statementFile, largestStatementBytes);
    const { signer } = parseJsonFile(bytes, statementFile, kind.statement);
    return {
      kind: kind === assignmentKind ? 'assignment' : 'decisions',
      fingerprint: signer.fingerprint,
    };
  });
}

const otherThing = (): Problem =>
  new Problem(
    'file-unreadable',
    'This file holds neither items to decide nor decisions on them. Nothing was taken from it.',
    { next: 'Choose the .zip file as it was handed over, without extracting it.' },
  );
