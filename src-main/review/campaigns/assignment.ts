// Hands the items of one reviewer out as a signed file, and puts on record that it did.
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { CampaignPerson } from '#shared/model/campaign.ts';
import type { campaignAssignedPayload } from '#shared/model/campaign-entries.ts';
import type { AssignmentReport, AssignmentStatement } from '#shared/model/campaign-files.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { z } from 'zod';
import { isSamePerson } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import { openSigner, requireSigningKey, type KeyPlace } from '../open-signer.ts';
import { assignmentKind } from './assignment-kinds.ts';
import { writeTravelling } from './assignment-bag.ts';
import { evidenceLines } from './assignment-evidence.ts';
import { unwatchedTravel, type TravelWatch } from './assignment-watch.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { frozenFileOf, readFrozenFile } from './frozen-file.ts';
import type { EvidenceScene } from './item-evidence.ts';
import { itemLine } from './item-line.ts';
import { campaignIdentities, reviewersOf } from './reviewer-of-record.ts';
import { standingOf } from './standing.ts';
import type { LedgerState } from '../projection.ts';

export type TravelPlace = KeyPlace & {
  /** The workspace folder. */
  readonly directory: string;
  /** Where files for others are written, unless somebody says otherwise. */
  readonly exportsDirectory: string;
  /** Version of this release. */
  readonly version: string;
};

/** What it takes to tell beside each item what is known of it. */
export type EvidencePlace = Pick<EvidenceScene, 'cache' | 'history' | 'observed'>;

export type AssignRequest = {
  readonly campaign: string;
  /** One of the people, by id or e-mail address. */
  readonly to: string;
  readonly stage: number;
  readonly passphrase?: string | undefined;
  /** Where to write it; null chooses a name among the exports of the workspace. */
  readonly file: string | null;
};

/**
 * Writes a file with every item somebody is to decide at a stage, as things stand now.
 * @param known where the evidence is looked up that goes with the items; null for items alone
 * @throws Problem `refused` where there is none, `no-reviewer`, `locked`, `file-unreadable`
 */
export async function assignItems(
  place: TravelPlace,
  request: AssignRequest,
  watch: TravelWatch = unwatchedTravel,
  known: EvidencePlace | null = null,
): Promise<AssignmentReport> {
  const { ledger, clock, exportsDirectory, version } = place;
  const state = ledger.state();
  const record = requireAssignable(state, request);
  const to = personOf(record, request.to);
  const { identity, fingerprint } = requireSigningKey(place);
  const signer = await openSigner(place, request.passphrase);
  const madeAt = formatInstant(clock.nowMs() * 1000);
  const id = ledger.newId();
  const scene = { workspace: place.directory, state, nowMs: clock.nowMs() };
  const beside = known && (await evidenceLines({ ...scene, ...known }, record, watch));
  const statement = (items: number): AssignmentStatement => {
    if (items === 0) throw nothingToDecide(to);
    const opened = record.opened!;
    return {
      kind: 'countersign-assignment',
      format: 1,
      id,
      madeAt,
      tool: { name: 'Countersign', version },
      by: makerOf(state),
      signer: { identity, fingerprint },
      campaign: record.id,
      stage: request.stage,
      to,
      definition: record.definition,
      definitionSha256: opened.definitionSha256,
      populationSha256: opened.ipe.sha256,
      populationItems: opened.ipe.items,
      dueOn: opened.dueOn,
      delegations: record.delegations,
      items,
      ...(beside && { evidence: items }),
    };
  };
  const name = travelName('ASSIGNMENT', [record.definition.name, to.name], madeAt, id);
  const file = await placeFor(exportsDirectory, request.file, name);
  const wanted = { to, stage: request.stage };
  const rows = itemsToDecide(place, state, record, wanted, watch);
  const { rows: items, sha256 } = await writeTravelling(
    file,
    { kind: assignmentKind, rows, ...(beside && { beside }), statement, toolVersion: version, watch },
    signer,
    (written, publish) => recordAssignment(place, { ...written, ...wanted, name, record, publish }),
  );
  return {
    campaign: record.id,
    stage: request.stage,
    to,
    items,
    dueOn: record.opened!.dueOn,
    file,
    name,
    sha256,
  };
}

/** @throws Problem `not-found` or `refused` */
function requireAssignable(
  state: LedgerState,
  { campaign, stage }: Pick<AssignRequest, 'campaign' | 'stage'>,
): CampaignRecord {
  requireReviewer(state);
  const record = campaignOf(state, campaign);
  if (record.opened === null || record.state !== 'open')
    throw new Problem(
      'refused',
      'Items are handed out while a campaign is open, and in the workspace that opened it. No file was written.',
      {
        next:
          record.state === 'draft'
            ? 'Open the campaign first.'
            : 'See where it stands (countersign campaign status).',
      },
    );
  if (stage < record.definition.stages.length) return record;
  throw new Problem(
    'invalid-input',
    `The campaign has ${record.definition.stages.length} stages. No file was written.`,
  );
}

/** @throws Problem `not-found` */
export function personOf({ definition }: CampaignRecord, given: string): CampaignPerson {
  const person =
    definition.people.find(({ id }) => id === given) ??
    definition.people.find(({ email }) => email !== null && email.toLowerCase() === given.toLowerCase());
  if (person) return person;
  throw new Problem('not-found', 'Nobody of this id or e-mail address is among the people of the campaign.', {
    next: 'See who they are (countersign campaign status).',
  });
}

const makerOf = (state: LedgerState): CampaignPerson => {
  const { id, name, email } = requireReviewer(state);
  return { id, name, email };
};

type Wanted = { readonly to: CampaignPerson; readonly stage: number };

async function* itemsToDecide(
  { directory, clock }: TravelPlace,
  state: LedgerState,
  record: CampaignRecord,
  { to, stage }: Wanted,
  { signal, progress }: TravelWatch,
): AsyncGenerator<readonly string[]> {
  const { definition, delegations, statedNames } = record;
  const identities = campaignIdentities(state.independence.identities, definition);
  const atMicroseconds = clock.nowMs() * 1000;
  const reviewers = reviewersOf({ definition, identities, delegations, statedNames, atMicroseconds });
  const frozen = frozenFileOf(directory, record);
  let read = 0;
  for await (const lines of readFrozenFile(frozen)) {
    signal.throwIfAborted();
    read += lines.length;
    progress('Gathering the items and what is known of them', read, frozen.items, 'items');
    const mine = lines.filter(({ item }) => {
      const { acting } = reviewers(item, stage);
      if (acting === null || !isSamePerson(identities, acting.id, to.id)) return false;
      const standing = standingOf(record, item, identities);
      return standing.state === 'open' && standing.stage === stage;
    });
    yield mine.map(({ item }) => itemLine(item));
  }
}

const nothingToDecide = ({ name }: CampaignPerson): Problem =>
  new Problem('refused', `There is nothing that ${name} has to decide at this stage. No file was written.`, {
    next: 'See who has what to decide (countersign campaign status).',
  });

/** `ASSIGNMENT-<campaign>-<person>-<yyyymmdd>-<id8>.zip` */
export function travelName(
  kind: 'ASSIGNMENT' | 'DECISIONS',
  of: readonly string[],
  madeAt: string,
  id: string,
): string {
  const slug = (text: string) =>
    text
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 40);
  const parts = of.map(slug).filter((part) => part !== '');
  return [kind, ...parts, madeAt.slice(0, 10).replaceAll('-', ''), id.slice(-8).toLowerCase()]
    .join('-')
    .concat('.zip');
}

/** Makes the folder where nobody named a file. */
export async function placeFor(folder: string, wanted: string | null, name: string): Promise<string> {
  if (wanted !== null) return wanted;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, name);
}

type Handed = Wanted & {
  readonly record: CampaignRecord;
  readonly rows: number;
  readonly name: string;
  readonly sha256: string;
  readonly publish: () => void;
};

function recordAssignment({ ledger }: TravelPlace, handed: Handed): void {
  const { record, to, stage, rows, name, sha256, publish } = handed;
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    requireAssignable(state, { campaign: record.id, stage });
    const payload: z.input<typeof campaignAssignedPayload> = {
      campaign: record.id,
      stage,
      to: to.id,
      items: rows,
      fileName: name,
      fileSha256: sha256,
      byName: reviewer.name,
    };
    publish();
    return [{ type: 'campaign-assigned', subject: record.id, actor: reviewer.id, payload }];
  });
}
