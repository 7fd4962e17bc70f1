// Hands back what was decided on items that came as a file: the reviewer's own ledger entries, signed.
import type { DecisionsReport, DecisionsStatement } from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { formatJsonLine } from '../../evidence/json-lines.ts';
import { foldIdentity } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import { openSigner, requireSigningKey } from '../open-signer.ts';
import { placeFor, travelName, type TravelPlace } from './assignment.ts';
import { writeTravelling } from './assignment-bag.ts';
import { decisionsKind } from './assignment-kinds.ts';
import { campaignOf } from './campaign-state.ts';

export type ExportDecisionsRequest = {
  readonly campaign: string;
  readonly passphrase?: string | undefined;
  /** Where to write it; null chooses a name in the workspace’s folder for such files. */
  readonly file: string | null;
};

const linesAtOnce = 1000;

/**
 * Writes every decision of the present reviewer on a campaign whose items came as a file, corrected ones included.
 * @throws Problem `refused` where there is nothing to hand back, `no-reviewer`, `locked`, `file-unreadable`
 */
export async function exportDecisions(
  place: TravelPlace,
  request: ExportDecisionsRequest,
): Promise<DecisionsReport> {
  const { ledger, clock, directory, version } = place;
  const state = ledger.state();
  const reviewer = requireReviewer(state);
  const record = campaignOf(state, request.campaign);
  const taken = record.taken.at(-1);
  if (taken === undefined)
    throw new Problem(
      'refused',
      'The items of this campaign did not come as a file, so there is nobody to hand decisions back to.',
      {
        next: 'Decide here; what is decided here is on record already.',
      },
    );
  const decisions = ledger
    .entries()
    .filter(({ entry }) => entry.type === 'campaign-decision' && entry.payload['campaign'] === record.id);
  const entries = decisions.filter(({ entry }) => foldIdentity(entry.actor) === foldIdentity(reviewer.id));
  if (entries.length === 0)
    throw new Problem('refused', 'Nothing of this campaign was decided here yet. No file was written.', {
      next: 'Decide its items first.',
    });
  const decided = new Set(entries.map(({ entry }) => entry.payload['item'])).size;
  const { identity, fingerprint } = requireSigningKey(place);
  const signer = await openSigner(place, request.passphrase);
  const madeAt = formatInstant(clock.nowMs() * 1000);
  const id = ledger.newId();
  const statement = (count: number): DecisionsStatement => ({
    kind: 'countersign-assignment-decisions',
    format: 1,
    id,
    madeAt,
    tool: { name: 'Countersign', version },
    reviewer: { id: reviewer.id, name: reviewer.name, email: reviewer.email },
    signer: { identity, fingerprint },
    campaign: record.id,
    populationSha256: taken.populationSha256,
    assignments: record.taken.map(({ fileSha256 }) => fileSha256),
    decisions: count,
    decided,
    items: taken.items,
  });
  const name = travelName('DECISIONS', [record.definition.name, reviewer.name], madeAt, id);
  const file = await placeFor(directory, request.file, name);
  const rows = inBatches(entries.map(({ entry }) => entry));
  const { sha256, rows: handedBack } = await writeTravelling(
    file,
    { kind: decisionsKind, rows, statement, toolVersion: version },
    signer,
  );
  const others = decisions.length - entries.length;
  return {
    campaign: record.id,
    decisions: handedBack,
    others,
    decided,
    open: Math.max(0, taken.items - decided),
    file,
    name,
    sha256,
  };
}

function* inBatches(entries: readonly unknown[]): Generator<readonly string[]> {
  for (let start = 0; start < entries.length; start += linesAtOnce)
    yield entries.slice(start, start + linesAtOnce).map(formatJsonLine);
}
