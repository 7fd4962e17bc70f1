// Hands back what was decided on items that came as a file: the reviewer's own ledger entries, signed.
import { setImmediate as turn } from 'node:timers/promises';
import type { z } from 'zod';
import type { campaignHandedBackPayload } from '#shared/model/campaign-entries.ts';
import type { DecisionsReport, DecisionsStatement } from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { formatJsonLine } from '../../evidence/json-lines.ts';
import { decisionStretch } from '../../store/ledger/campaign-decisions.ts';
import { foldIdentity, identitiesOf, isSamePerson, type Identities } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { openSigner, requireSigningKey } from '../open-signer.ts';
import type { LedgerState } from '../projection.ts';
import { placeFor, travelName, type TravelPlace } from './assignment.ts';
import { writeTravelling, type WrittenBag } from './assignment-bag.ts';
import { decisionsKind } from './assignment-kinds.ts';
import { unwatchedTravel, type TravelWatch } from './assignment-watch.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';

export type ExportDecisionsRequest = {
  readonly campaign: string;
  readonly passphrase?: string | undefined;
  /** Where to write it; null chooses a name among the exports of the workspace. */
  readonly file: string | null;
};

/**
 * Writes every decision of the present reviewer on a campaign whose items came as a file, corrected ones included, and puts on
 * record that it did.
 * @throws Problem `refused` where there is nothing to hand back, `no-reviewer`, `locked`, `file-unreadable`
 */
export async function exportDecisions(
  place: TravelPlace,
  request: ExportDecisionsRequest,
  watch: TravelWatch = unwatchedTravel,
): Promise<DecisionsReport> {
  const { ledger, clock, exportsDirectory, version } = place;
  const state = ledger.state();
  const reviewer = requireReviewer(state);
  const record = campaignOf(state, request.campaign);
  const taken = requireTaken(record);
  const { identities } = state.independence;
  const { mine, others, decided } = countDecisions(record, reviewer.id, identities);
  const ownNames = identitiesOf(identities, reviewer.id).filter((name) => name !== foldIdentity(reviewer.id));
  if (mine === 0) throw nothingDecided();
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
    ...(ownNames.length > 0 && { alsoKnownAs: ownNames }),
  });
  const name = travelName('DECISIONS', [record.definition.name, reviewer.name], madeAt, id);
  const file = await placeFor(exportsDirectory, request.file, name);
  const wanted = { campaign: record.id, reviewer: reviewer.id, last: state.entries, count: mine };
  const { sha256, rows: decisions } = await writeTravelling(
    file,
    {
      kind: decisionsKind,
      rows: decisionLines(ledger, wanted, watch),
      statement,
      toolVersion: version,
      watch,
    },
    signer,
    (written, publish) =>
      void ledger.append((now) => {
        const act = handedBackAct(now, record.id, name, written);
        publish();
        return [act];
      }),
  );
  const open = Math.max(0, taken.items - decided);
  return { campaign: record.id, decisions, others, decided, open, file, name, sha256 };
}

function requireTaken({ taken }: CampaignRecord): CampaignRecord['taken'][number] {
  const newest = taken.at(-1);
  if (newest) return newest;
  throw new Problem(
    'refused',
    'The items of this campaign did not come as a file, so there is nobody to hand decisions back to.',
    { next: 'Decide here; what is decided here is on record already.' },
  );
}

const nothingDecided = (): Problem =>
  new Problem('refused', 'Nothing of this campaign was decided here yet. No file was written.', {
    next: 'Decide its items first.',
  });

/** What turned out later to be about the reviewer themself is handed back, but decides nothing. */
function countDecisions({ decisionsById }: CampaignRecord, reviewer: string, identities: Identities) {
  const me = foldIdentity(reviewer);
  const decided = new Set<string>();
  let mine = 0;
  for (const decision of decisionsById.values()) {
    if (foldIdentity(decision.reviewer) !== me) continue;
    mine += 1;
    if (!isSamePerson(identities, reviewer, decision.subject)) decided.add(decision.item);
  }
  return { mine, others: decisionsById.size - mine, decided: decided.size };
}

type Wanted = {
  readonly campaign: string;
  readonly reviewer: string;
  /** Number of the newest entry when it was asked; what is decided meanwhile goes into the next file. */
  readonly last: number;
  readonly count: number;
};

async function* decisionLines(
  { read }: Ledger,
  { campaign, reviewer, last, count }: Wanted,
  { signal, progress }: TravelWatch,
): AsyncGenerator<readonly string[]> {
  const me = foldIdentity(reviewer);
  let [seen, done] = [0, 0];
  while (seen < last) {
    signal.throwIfAborted();
    const { entries, upTo } = read((database) => decisionStretch(database, campaign, seen, last));
    const lines = entries
      .filter(({ entry }) => foldIdentity(entry.actor) === me)
      .map(({ entry }) => formatJsonLine(entry));
    [seen, done] = [upTo, done + lines.length];
    progress('Writing the decisions', done, count, 'decisions');
    yield lines;
    await turn();
  }
}

function handedBackAct(
  state: LedgerState,
  campaign: string,
  name: string,
  { rows, sha256 }: WrittenBag<DecisionsStatement>,
) {
  const reviewer = requireReviewer(state);
  const payload: z.input<typeof campaignHandedBackPayload> = {
    campaign,
    decisions: rows,
    fileName: name,
    fileSha256: sha256,
    byName: reviewer.name,
  };
  return { type: 'campaign-handed-back' as const, subject: campaign, actor: reviewer.id, payload };
}
