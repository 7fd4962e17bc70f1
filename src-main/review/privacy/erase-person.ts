// Erases a person from the local copy, on record, and says what had to stay and why.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ErasureReport } from '#shared/model/privacy.ts';
import { row } from '../../store/query.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import type { ErasedPeople } from '../../store/erasure/erased-people.ts';
import { compactMirror, countKeptRows, eraseFromMirror } from '../../store/erasure/erase-mirror.ts';
import { foldIdentity } from '../aliases.ts';
import type { CampaignsState } from '../campaigns/campaign-state.ts';
import type { FrozenMentions } from '../campaigns/frozen-mentions.ts';
import type { Ledger } from '../ledger.ts';
import { recordErasure, type Erasure } from './acts.ts';
import { privacyKey, type KeyPlace } from './privacy-key.ts';

export type ErasurePlace = KeyPlace & { readonly ledger: Ledger; readonly cache: DatabaseHandle };

/**
 * Records the erasure, then erases: a kill in between leaves an erasure that can be run again, and no refresh brings the
 * person back meanwhile.
 * @param frozen how many frozen items are about the person
 * @throws Problem `refused` for somebody who reviews here, `locked` when the file cannot be tidied now
 */
export function erasePerson(
  place: ErasurePlace,
  key: Buffer,
  erasure: Erasure,
  frozen: FrozenMentions,
): ErasureReport {
  const { ledger, cache, directory } = place;
  const { actor, pseudonym } = erasure;
  recordErasure(ledger, key, erasure);
  const { reviews, anomalies } = countKeptRows(cache, actor);
  const entries = countEntriesNaming(ledger, actor);
  const { campaigns } = ledger.state();
  const done = eraseFromMirror(cache, actor, pseudonym, { keepsItems: isOfCampaign(campaigns, actor) });
  compactMirror(cache);
  const parts = [
    part('actors', done.actors, 'id replaced by the pseudonym, name removed'),
    part(
      'events',
      done.events,
      'addresses, user agents, resources and further details removed; time, event id and action stay',
    ),
    part('events kept whole', done.keptEvents, 'the same'),
    part('events of others', done.mentions, 'the id and name in them replaced by the pseudonym'),
    part(
      'versions of findings',
      done.findings,
      'id, name, addresses and user agents in their texts replaced',
    ),
    part(
      'entries of the index of campaigns',
      done.campaignItems,
      'id replaced by the pseudonym, name removed: lists are not searched by them any more',
    ),
  ];
  const kept = [
    part(
      'review items',
      reviews,
      'rows of the audit database’s own review queue: who decides on them has to be independent of the real actor, and decisions are written back to exactly these rows',
    ),
    part(
      'anomalies of the source',
      anomalies,
      'rows of the audit database’s own anomaly table, to which dispositions refer',
    ),
    part(
      'items of frozen populations',
      frozen.items,
      'what an access review was about is evidence under retention; changing one item would break the hash on record, and nobody could decide on it',
    ),
    part(
      'ledger entries',
      entries,
      'what was decided, and on whom, is evidence under retention; changing one entry would break every hash after it',
    ),
  ];
  const counts = ({ count }: { readonly count: number }) => count > 0;
  return {
    pseudonym,
    erased: parts.filter(counts),
    kept: kept.filter(counts),
    copies: [...listCopies(directory), ...frozen.files].toSorted(),
  };
}

/** Named in the definition of a campaign, which the ledger keeps: who reviews in it depends on the id. */
const isOfCampaign = ({ byId }: CampaignsState, actor: string): boolean =>
  [...byId.values()].some(({ definition }) =>
    definition.people.some(({ id, email }) =>
      [id, email].some((text) => text !== null && foldIdentity(text) === foldIdentity(actor)),
    ),
  );

const part = (what: string, count: number, why: string) => ({ what, count, why });

function countEntriesNaming(ledger: Ledger, actor: string): number {
  const written = JSON.stringify(actor);
  return ledger.read(
    (database) =>
      row<{ count: number }>(
        database,
        'SELECT count(*) AS count FROM entry WHERE instr(body, ?) > 0',
        written,
      )?.count ?? 0,
  );
}

const foldersOfCopies = ['packs', 'exports', 'backups'];

/** Files of the workspace that may hold the person: what was exported or backed up is whoever's decision it was. */
function listCopies(directory: string): string[] {
  const inFolders = foldersOfCopies.flatMap((folder) => {
    const path = join(directory, folder);
    return existsSync(path) ? readdirSync(path).map((name) => `${folder}/${name}`) : [];
  });
  const beside = readdirSync(directory).filter((name) => /\.(damaged|replaced)-/.test(name));
  return [...inFolders, ...beside].toSorted();
}

/** Whom a refresh must not mirror by name; nothing while nobody was erased. */
export async function erasedPeople(
  place: KeyPlace & { readonly ledger: Ledger },
): Promise<{ readonly erased?: ErasedPeople }> {
  const state = place.ledger.state();
  if (state.privacy.erased.size === 0) return {};
  const key = await privacyKey(place, state);
  return { erased: { key: key.toString('hex'), tokens: [...state.privacy.erased.keys()] } };
}
